using VisionStream.Detector.Models;

namespace VisionStream.Host.Models;

/// <summary>A model of the library as <c>models list</c> tells it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Bytes">Its file's size.</param>
/// <param name="Bundled">Whether it came with the program.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Classes">What it finds; <see langword="null"/> when it cannot be used.</param>
/// <param name="Problem">Why it cannot be used; <see langword="null"/> when it can.</param>
internal sealed record ListedModel(string Name, long Bytes, bool Bundled, string Path, IReadOnlyList<string>? Classes, string? Problem)
{
    /// <summary>Looks into a model's file.</summary>
    public static ListedModel Of(StoredModel stored)
    {
        var bytes = new FileInfo(stored.Path).Length;
        try
        {
            using var model = DetectorModel.Load(stored.Path);
            return new ListedModel(stored.Name, bytes, stored.IsBundled, stored.Path, model.Inspect().Labels, null);
        }
        catch (ModelException e)
        {
            return new ListedModel(stored.Name, bytes, stored.IsBundled, stored.Path, null, e.Message);
        }
    }
}
