namespace VisionStream.Tests.House;

/// <summary>What the product and its tests are built from is named with its licence.</summary>
public sealed class ThirdPartyTests
{
    [Fact]
    public void Every_package_is_in_the_list()
    {
        var list = Path.Combine(Checkout.Root, "THIRD-PARTY.md");
        Assert.SkipUnless(File.Exists(list), "there is no THIRD-PARTY.md");
        var text = File.ReadAllText(list);

        var packages = Checkout.Project("Directory.Packages.props").Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value).ToList();

        Assert.NotEmpty(packages);
        Findings.None(packages.Where(package => !text.Contains(package, StringComparison.Ordinal)));
    }
}
