namespace VisionStream.Tests.House;

/// <summary>What a file names does not, by any way, name the file again; and so for folders.</summary>
public sealed class CircleTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> Files = TypeGraph.Of(Checkout.Sources, Checkout.References);

    [Fact]
    public void Files_name_each_others_types_in_no_circle() => Findings.None(Circles.In(Files).Select(circle => string.Join(", ", circle)));

    [Fact]
    public void Folders_name_each_others_types_in_no_circle() =>
        Findings.None(Circles.In(TypeGraph.OfFolders(Files)).Select(circle => string.Join(", ", circle)));

    [Fact]
    public void A_circle_over_three_files_is_found_and_their_neighbour_is_not_in_it()
    {
        var graph = TypeGraph.Of(
            [
                new SourceFile("src/Core/A.cs", "class Alpha { Beta b; }"),
                new SourceFile("src/Core/X/B.cs", "class Beta { Gamma g; }"),
                new SourceFile("src/Core/X/C.cs", "class Gamma { Alpha a; Delta d; }"),
                new SourceFile("src/Core/D.cs", "class Delta { /* Alpha */ string s = \"Beta\"; }"),
            ],
            new Dictionary<string, IReadOnlySet<string>> { ["Core"] = new HashSet<string>() });

        Assert.Equal(["src/Core/A.cs", "src/Core/X/B.cs", "src/Core/X/C.cs"], Assert.Single(Circles.In(graph)));
        Assert.Equal(["src/Core", "src/Core/X"], Assert.Single(Circles.In(TypeGraph.OfFolders(graph))));
    }

    [Fact]
    public void A_name_is_followed_into_a_referenced_project_only()
    {
        SourceFile[] files = [new("src/Ingest/A.cs", "class Alpha { Beta b; }"), new("src/LibAv/B.cs", "class Beta { Alpha a; }")];
        var references = new Dictionary<string, IReadOnlySet<string>> { ["Ingest"] = new HashSet<string> { "LibAv" }, ["LibAv"] = new HashSet<string>() };

        var graph = TypeGraph.Of(files, references);

        Assert.Equal(["src/LibAv/B.cs"], graph["src/Ingest/A.cs"]);
        Assert.Empty(graph["src/LibAv/B.cs"]);
    }
}
