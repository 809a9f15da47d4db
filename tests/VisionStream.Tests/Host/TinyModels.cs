using VisionStream.Tests.Detector.Models;

namespace VisionStream.Tests.Host;

/// <summary>Two detectors small enough to load in an instant, in a folder that goes with them.</summary>
internal sealed class TinyModels : IDisposable
{
    private readonly TempFolder _folder = new();

    public TinyModels()
    {
        Pets = Write("pets.onnx", "{0: 'cat', 1: 'dog'}", 0.6f);
        Tools = Write("tools.onnx", "{0: 'hammer', 1: 'saw'}", 0.9f);
    }

    /// <summary>Sees a cat of confidence 0.6 in every frame.</summary>
    public string Pets { get; }

    /// <summary>Sees a hammer of confidence 0.9 in every frame.</summary>
    public string Tools { get; }

    /// <summary>A path in the folder.</summary>
    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    // The layout [1, 4 + classes, places] with one place that has an object.
    private string Write(string name, string labels, float confidence)
    {
        const int places = 84;
        var values = new float[6 * places];
        foreach (var (row, value) in (ReadOnlySpan<(int, float)>)[(0, 32), (1, 32), (2, 20), (3, 20), (4, confidence)])
        {
            values[row * places] = value;
        }

        return new TinyModel { Shape = [1, 6, places], Values = values, Metadata = { ["names"] = labels } }.Save(_folder.File(name));
    }
}
