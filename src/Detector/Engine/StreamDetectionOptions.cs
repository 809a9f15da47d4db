using System.Globalization;
using VisionStream.Detector.Cadence;
using VisionStream.Detector.Models;

namespace VisionStream.Detector.Engine;

/// <summary>How one stream is analysed. Immutable; the engine takes another one at any time.</summary>
public sealed record StreamDetectionOptions
{
    /// <summary>Analyses a second, 0.1 to 60 (default: 10).</summary>
    public double Fps { get; init; } = 10;

    /// <summary>Analyses a second of an unchanged scene with <see cref="CadenceMode.Gated"/>, 0.1 to 60 (default: 1).</summary>
    public double IdleFps { get; init; } = 1;

    /// <summary>When frames are analysed (default: adaptive).</summary>
    public CadenceMode Cadence { get; init; } = CadenceMode.Adaptive;

    /// <summary>What is reported (default: confidence 0.25, IoU 0.7, 300 boxes, all classes).</summary>
    public DetectionSettings Settings { get; init; } = new();

    /// <summary>All that is wrong, a sentence each that starts with the key; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        foreach (var (key, value) in new[] { (nameof(Fps), Fps), (nameof(IdleFps), IdleFps) })
        {
            if (value is not (>= 0.1 and <= 60))
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; 0.1 to 60 are possible."));
            }
        }

        return errors;
    }
}
