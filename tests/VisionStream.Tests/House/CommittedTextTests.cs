using System.Text.RegularExpressions;

namespace VisionStream.Tests.House;

/// <summary>What is committed works on other machines: it names no folder of a developer's machine and no registry.</summary>
public sealed partial class CommittedTextTests
{
    [Fact]
    public async Task No_committed_file_names_a_folder_of_one_machine_or_a_registry()
    {
        var found = new List<string>();
        foreach (var path in await Checkout.TrackedFilesAsync())
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, path), TestContext.Current.CancellationToken);
            if (!bytes.Contains((byte)0)) // the rest is pictures and models
            {
                found.AddRange(Foreign().Matches(System.Text.Encoding.UTF8.GetString(bytes)).Select(name => $"{path}: {name.Value}"));
            }
        }

        Findings.None(found);
    }

    [Theory]
    [InlineData("see /wor|k/main", true)]
    [InlineData("/tm|p/wt/x", true)]
    [InlineData("https://registry.npm|js.org/x", true)]
    [InlineData("https://api.nu|get.org/v3", true)]
    [InlineData("deb http://deb.deb|ian.org/debian", true)]
    [InlineData("frame/work/x and the net.work/", false)]
    [InlineData("https://www.nuget.org is where packages are described", false)]
    public void What_is_foreign(string text, bool isForeign) =>
        Assert.Equal(isForeign, Foreign().IsMatch(text.Replace("|", "", StringComparison.Ordinal))); // the bar hides the examples from the test above

    [GeneratedRegex(@"(?<![\w.-])/(?:work|tmp/wt|root|home/\w+)/|registry\.npmjs\.org|api\.nuget\.org|(?:deb|security)\.debian\.org|archive\.ubuntu\.com|files\.pythonhosted\.org")]
    private static partial Regex Foreign();
}
