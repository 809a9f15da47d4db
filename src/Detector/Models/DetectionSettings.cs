using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Models;

/// <summary>What is reported of one frame. Immutable; validated where people write it, in <c>StreamDetectionOptions</c>.</summary>
public sealed record DetectionSettings
{
    /// <summary>Ultralytics' defaults and no filter.</summary>
    public static DetectionSettings Default { get; } = new();

    /// <summary>Objects have to score above this (default: 0.25).</summary>
    public float Confidence { get; init; } = 0.25f;

    /// <summary>Boxes of one class that overlap by more than this intersection over union count as one object (default: 0.7).</summary>
    public float Iou { get; init; } = 0.7f;

    /// <summary>The most objects, the best ones (default: 300).</summary>
    public int MaxDetections { get; init; } = 300;

    /// <summary>The wanted classes (default: all).</summary>
    public ClassFilter? Classes { get; init; }
}
