using System.Text.RegularExpressions;

namespace VisionStream.Tests.OnnxRuntime;

/// <summary>The functions of <c>struct OrtApi</c> as the C header declares them, in order.</summary>
internal static partial class CHeader
{
    /// <summary>One function: its name, what it returns and what kind each parameter is ("pointer", "size_t", "int64_t", "int").</summary>
    internal sealed record Function(string Name, string Returns, string[] Parameters);

    internal static Function[] Functions(string headerFile)
    {
        var text = Comment().Replace(File.ReadAllText(headerFile), "");
        var start = text.IndexOf("struct OrtApi {", StringComparison.Ordinal);
        var table = text[start..text.IndexOf("\n};", start, StringComparison.Ordinal)];
        return [.. Declaration().Matches(table).Select(Read)];
    }

    private static Function Read(Match m) =>
        m.Groups["status"].Success ? new(m.Groups["status"].Value, "status", Kinds(m.Groups["p1"].Value))
        : m.Groups["release"].Success ? new($"Release{m.Groups["release"].Value}", "void", ["pointer"])
        : new(m.Groups["name"].Value, Kind(m.Groups["returns"].Value.Replace("OrtStatusPtr", "OrtStatus*", StringComparison.Ordinal)), Kinds(m.Groups["p2"].Value));

    private static string[] Kinds(string parameters) =>
        [.. Nested().Replace(parameters, "").Split(',').Select(p => p.Trim()).Where(p => p is not ("" or "void")).Select(Kind)];

    // Whatever is no pointer and no 64-bit integer is an enumeration, an int or a bool, all of them passed as 32 bits.
    private static string Kind(string c) =>
        c.Contains('*', StringComparison.Ordinal) || c.Contains('[', StringComparison.Ordinal) || c.Contains("OrtLoggingFunction", StringComparison.Ordinal) ? "pointer"
        : Regex.IsMatch(c, @"\bsize_t\b") ? "size_t"
        : Regex.IsMatch(c, @"\bu?int64_t\b") ? "int64_t"
        : Regex.IsMatch(c, @"\bvoid\b") ? "void"
        : "int";

    [GeneratedRegex(@"/\*.*?\*/|//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();

    // Annotations such as _In_reads_(input_len).
    [GeneratedRegex(@"_\w+_\([^()]*(\([^()]*\))?[^()]*\)")]
    private static partial Regex Nested();

    [GeneratedRegex(
        @"ORT_API2_STATUS\(\s*(?<status>\w+)(?<p1>.*?)\)\s*;|ORT_CLASS_RELEASE\((?<release>\w+)\)\s*;|(?<returns>[\w*\s]+?)\(\s*ORT_API_CALL\s*\*\s*(?<name>\w+)\s*\)\s*\((?<p2>.*?)\)\s*(NO_EXCEPTION)?[^;]*;",
        RegexOptions.Singleline)]
    private static partial Regex Declaration();
}
