namespace VisionStream.Tests.House;

/// <summary>Ends a test with everything that it found, each on a line; xunit's own message shortens long lists.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
