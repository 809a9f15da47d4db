namespace VisionStream.Tests.House;

/// <summary>Files are short, and their namespaces say where they lie.</summary>
public sealed class FileShapeTests
{
    private const int MostLines = 400;

    [Fact]
    public void No_file_has_more_than_400_lines() =>
        Findings.None(Checkout.Sources.Where(file => file.Lines > MostLines).Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Every_namespace_is_that_of_its_folder() =>
        Findings.None(Checkout.Sources.Where(file => file.Namespace is { } name && !IsRight(file, name)).Select(file => $"{file.Path}: {file.Namespace}"));

    private static bool IsRight(SourceFile file, string name)
    {
        var expected = "VisionStream." + string.Join('.', file.Folder.Split('/')[1..]);
        return file.Project switch
        {
            // It keeps the namespaces of the package that it stands in for.
            "OnnxRuntime" => true,
            // Its folders sort the files; to its users it is one namespace, beside that of the raw functions.
            "LibAv" => name == expected || name == "VisionStream.LibAv",
            _ => name == expected,
        };
    }
}
