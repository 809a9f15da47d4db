using System.Security.Cryptography;
using VisionStream.Detector.Models;

namespace VisionStream.Host.Models;

/// <summary>A model of the library as <c>models list</c> tells it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Bytes">Its file's size.</param>
/// <param name="Sha256">What its file hashes to; <see langword="null"/> when it cannot be read.</param>
/// <param name="Bundled">Whether it came with the program.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Classes">What it finds; <see langword="null"/> when it cannot be used.</param>
/// <param name="Problem">Why it cannot be used, or is not what the catalogue has; <see langword="null"/> when all is well.</param>
internal sealed record ListedModel(string Name, long Bytes, string? Sha256, bool Bundled, string Path, IReadOnlyList<string>? Classes, string? Problem)
{
    /// <summary>Looks into a model's file.</summary>
    /// <param name="stored">The model.</param>
    /// <param name="catalogue">What the bundled ones have to be.</param>
    public static ListedModel Of(StoredModel stored, ModelCatalogue catalogue)
    {
        var sha256 = Hash(stored.Path);
        var (classes, problem) = Inspect(stored.Path);
        if (catalogue.Sha256Of(stored) is { } expected && sha256 is not null && expected != sha256)
        {
            problem = $"it is not the file of the catalogue, whose sha256 is {expected}; install it again, or add yours under a name of its own.";
        }

        return new ListedModel(stored.Name, new FileInfo(stored.Path).Length, sha256, stored.IsBundled, stored.Path, classes, problem);
    }

    private static string? Hash(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Looking into it tells why.
            return null;
        }
    }

    private static (IReadOnlyList<string>? Classes, string? Problem) Inspect(string path)
    {
        try
        {
            using var model = DetectorModel.Load(path);
            return (model.Inspect().Labels, null);
        }
        catch (ModelException e)
        {
            return (null, $"it cannot be used: {e.Message}");
        }
    }
}
