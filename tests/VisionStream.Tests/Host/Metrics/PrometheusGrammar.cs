using System.Text.RegularExpressions;

namespace VisionStream.Tests.Host.Metrics;

/// <summary>Prometheus' text format, version 0.0.4, as a grammar of its lines.</summary>
internal static partial class PrometheusGrammar
{
    /// <summary>Asserts that every line is a comment or a sample, and that each sample belongs to the family told last.</summary>
    public static void AssertHolds(string text)
    {
        var family = "";
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
        {
            Assert.Matches(Line(), line);
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                family = line.Split(' ')[2];
            }
            else if (line[0] != '#')
            {
                Assert.StartsWith(family, line, StringComparison.Ordinal);
            }
        });
    }

    // A comment, or name{labels} value.
    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)+\})? [-+0-9.eEInfNa]+)$""")]
    private static partial Regex Line();
}
