namespace VisionStream.Host.Configuration;

/// <summary>How a stream's frames are analysed. Immutable.</summary>
internal sealed record AnalysisOptions
{
    /// <summary>The ONNX file; a path relative to the current directory or absolute. Required.</summary>
    public string Model { get; init; } = "";

    /// <summary>A file with a class name a line, when the model carries none (default: none).</summary>
    public string? Labels { get; init; }

    /// <summary>Detections a second, 0.1 to 60 (default: 10).</summary>
    public double Fps { get; init; } = 10;

    /// <summary>Least confidence reported, 0 to 1 (default: 0.25, as Ultralytics).</summary>
    public double Confidence { get; init; } = 0.25;

    /// <summary>Overlap above which the weaker of two boxes of one class goes, 0 to 1 (default: 0.7, as Ultralytics).</summary>
    public double Iou { get; init; } = 0.7;

    /// <summary>Most boxes reported for a frame, 1 to 1000 (default: 300, as Ultralytics).</summary>
    public int MaxDetections { get; init; } = 300;

    /// <summary>Class names, or the preset <c>animals</c>; empty for all (default: all).</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary><c>adaptive</c>, <c>fixed</c> or <c>gated</c> (default: adaptive).</summary>
    public string Cadence { get; init; } = "adaptive";

    /// <summary>Detections a second of an unchanged scene with <c>gated</c>, 0.1 to 60 (default: 1).</summary>
    public double IdleFps { get; init; } = 1;
}
