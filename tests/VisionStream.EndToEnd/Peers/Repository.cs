namespace VisionStream.EndToEnd.Peers;

/// <summary>The checkout that the tests were built in, found upwards from the test assembly.</summary>
public static class Repository
{
    /// <summary>The folder of VisionStream.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as the tests were built: .../bin/Release/net10.0/.</summary>
    public static string Configuration { get; } =
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    /// <summary>The folder for what the running test leaves behind: artifacts/e2e/CLASS.METHOD. It is made here.</summary>
    public static string ArtifactsOfThisTest()
    {
        var context = TestContext.Current;
        var name = context.TestMethod is { } method
            ? $"{method.TestClass.TestClassSimpleName}.{method.MethodName}"
            : context.TestClass?.TestClassSimpleName ?? "outside-a-test";
        return Directory.CreateDirectory(Path.Combine(Root, "artifacts", "e2e", name)).FullName;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VisionStream.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No VisionStream.sln above {AppContext.BaseDirectory}: the tests run from a build inside the checkout.");
    }
}
