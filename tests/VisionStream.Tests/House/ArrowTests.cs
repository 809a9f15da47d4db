namespace VisionStream.Tests.House;

/// <summary>Which project may reference which: features meet in Core, and the two bindings know nothing of vision.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["LibAv"] = [],
        ["OnnxRuntime"] = [],
        ["Ingest"] = ["Core", "LibAv"],
        ["Restream"] = ["Core", "LibAv"],
        ["Detector"] = ["Core", "OnnxRuntime"],
        ["Broadcaster"] = ["Core"],
        ["MediaMtx"] = ["Core"],
        ["Host"] = ["Core", "Ingest", "Detector", "Broadcaster", "Restream", "MediaMtx"],
    };

    [Fact]
    public void Every_project_of_src_has_its_arrows_written_down_here() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Checkout.References.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_project_references_another_than_it_may()
    {
        var wrong = from project in Checkout.References
                    from reference in project.Value
                    where !Allowed[project.Key].Contains(reference)
                    select $"{project.Key} -> {reference}";

        Findings.None(wrong);
    }

    [Fact]
    public void No_project_takes_an_assembly_by_its_path() =>
        Assert.DoesNotContain(Checkout.Files("src", "*.csproj"), path => Checkout.Project(path).Descendants("Reference").Any());
}
