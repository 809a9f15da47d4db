using System.Diagnostics;
using System.Xml.Linq;

namespace VisionStream.Tests.House;

/// <summary>The project's own files, which the tests of this folder read. Paths are relative to the root, with slashes.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file under src, generated ones left out.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Files("src", "*.cs").Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))))];

    /// <summary>The projects under src by the name of their folder, each with the names of those that it references.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> References { get; } =
        Files("src", "*.csproj").ToDictionary(Name, IReadOnlySet<string> (path) => Referenced(Project(path)));

    /// <summary>The content of a project or properties file.</summary>
    public static XDocument Project(string path) => XDocument.Load(Path.Combine(Root, path));

    /// <summary>The files below a folder that match a pattern, build outputs left out, in order.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)];

    /// <summary>Every file that is committed or about to be: what git lists and does not ignore.</summary>
    public static async Task<IReadOnlyList<string>> TrackedFilesAsync()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path)))];
    }

    private static HashSet<string> Referenced(XDocument project) =>
        project.Descendants("ProjectReference").Select(reference => Name(reference.Attribute("Include")!.Value)).ToHashSet();

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project);

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
