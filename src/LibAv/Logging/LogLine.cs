using System.Text.RegularExpressions;

namespace VisionStream.LibAv;

/// <summary>What a line of libav has that a reader does not need or may not see.</summary>
internal static partial class LogLine
{
    /// <summary>The line with <c>[h264 @ 0x55d0c8]</c> as <c>[h264]</c>.</summary>
    public static string WithoutAddresses(string line)
    {
        return Address().Replace(line, "");
    }

    /// <summary>The line without the secrets of its URLs, nor those of what is open wherever they stand.</summary>
    public static string WithoutSecrets(string line)
    {
        return UrlSecrets.Mask(KnownSecrets.Mask(line));
    }

    /// <summary>The line with every number as #, so that lines about other macroblocks or times count as the same.</summary>
    public static string Template(string line)
    {
        return Number().Replace(line, "#");
    }

    [GeneratedRegex(" @ 0x[0-9a-f]+(?=\\])")]
    private static partial Regex Address();

    [GeneratedRegex("-?[0-9]+")]
    private static partial Regex Number();
}
