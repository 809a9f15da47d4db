using System.Text.RegularExpressions;

namespace VisionStream.Tests.House;

/// <summary>
/// One C# file, read as text: good enough to see what a file names, and without a compiler. Immutable.
/// </summary>
/// <param name="path">Relative to the root of the checkout, with slashes.</param>
/// <param name="text">Its whole content.</param>
internal sealed partial class SourceFile(string path, string text)
{
    /// <summary>The text without comments, strings and characters.</summary>
    private readonly string _code = Prose().Replace(text, " ");

    public string Path { get; } = path;

    /// <summary>src/Ingest/Sources of src/Ingest/Sources/SourceUrl.cs.</summary>
    public string Folder { get; } = System.IO.Path.GetDirectoryName(path)!;

    /// <summary>Ingest of src/Ingest/Sources/SourceUrl.cs.</summary>
    public string Project { get; } = path.Split('/')[1];

    public int Lines { get; } = text.Split('\n').Length - (text.EndsWith('\n') ? 1 : 0);

    /// <summary>The namespace that the file declares, or null: top-level statements and assembly attributes have none.</summary>
    public string? Namespace => NamespaceDeclaration().Match(_code) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>The types that are declared here, nested ones included.</summary>
    public IEnumerable<string> DeclaredTypes => TypeDeclaration().Matches(_code).Select(found => found.Groups[1].Value).Distinct();

    /// <summary>Every word that could be a type's name.</summary>
    public IEnumerable<string> Words => Word().Matches(_code).Select(found => found.Value).Distinct();

    /// <summary>Whether a keyword stands in the code, not in a comment or string.</summary>
    public bool Says(string keyword) => Regex.IsMatch(_code, $@"\b{keyword}\b");

    [GeneratedRegex("""//[^\n]*|/\*[\s\S]*?\*/|("{3,})[\s\S]*?\1|\$?@\$?"(?:""|[^"])*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""")]
    private static partial Regex Prose();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?|delegate\s+[\w<>\[\]?*, ]+?)\s+([A-Z]\w*)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();
}
