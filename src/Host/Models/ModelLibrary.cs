using VisionStream.Host.Configuration;

namespace VisionStream.Host.Models;

/// <summary>
/// Safe from any thread. The models that have names: those bundled with the program, beside it in <c>models</c>, and those a user
/// added, in <c>$XDG_DATA_HOME/visionstream/models</c>. A model's name is its file's name without <c>.onnx</c>.
/// </summary>
/// <param name="bundled">Where the bundled ones lie; need not be there.</param>
/// <param name="added">Where a user's own lie; need not be there.</param>
internal sealed class ModelLibrary(string bundled, string added)
{
    /// <summary>What every model file's name ends with.</summary>
    public const string Extension = ".onnx";

    /// <summary>The name of the model that the demo runs with.</summary>
    public const string DemoModel = "markers-320";

    /// <summary>This user's library.</summary>
    public static ModelLibrary Default { get; } = new(Path.Combine(AppContext.BaseDirectory, "models"), Path.Combine(DataFolder(), "visionstream", "models"));

    /// <summary>Where added models go.</summary>
    public string Added { get; } = added;

    /// <summary>Reads what the bundled ones have to be.</summary>
    /// <exception cref="BadInputException">Their catalogue is none.</exception>
    public ModelCatalogue Catalogue() => ModelCatalogue.Read(bundled);

    /// <summary>All of them, by name; an added one stands for a bundled one of the same name.</summary>
    public IReadOnlyList<StoredModel> List() =>
    [
        .. Find(Added, isBundled: false).Concat(Find(bundled, isBundled: true)).DistinctBy(m => m.Name, StringComparer.Ordinal)
            .OrderBy(m => m.Name, StringComparer.Ordinal),
    ];

    /// <summary>The file that a user means: the path of a file that is there, or else the name of a model in the library.</summary>
    /// <returns>A path; the text itself when nothing is found, so that whoever opens it can say so.</returns>
    public string Locate(string pathOrName)
    {
        if (File.Exists(pathOrName) || pathOrName.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar))
        {
            return pathOrName;
        }

        var name = pathOrName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? pathOrName[..^Extension.Length] : pathOrName;
        return List().FirstOrDefault(m => m.Name == name)?.Path ?? pathOrName;
    }

    private static IEnumerable<StoredModel> Find(string folder, bool isBundled) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*" + Extension).Select(path => new StoredModel(Path.GetFileNameWithoutExtension(path), path, isBundled));

    private static string DataFolder()
    {
        // As the XDG specification says, a relative path there does not count.
        var given = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return Path.IsPathRooted(given) ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
    }
}
