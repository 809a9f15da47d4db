using VisionStream.Core.Streams;

namespace VisionStream.Core.Detections;

/// <summary>What was found in one analysed frame, possibly nothing. Immutable; the arrays are never written again.</summary>
public sealed record FrameDetections
{
    /// <summary>The stream.</summary>
    public required StreamName Stream { get; init; }

    /// <summary>The publisher's visit.</summary>
    public required StreamSession Session { get; init; }

    /// <summary>Counts the results of a session from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The frame's number in the stream's ring.</summary>
    public required long FrameId { get; init; }

    /// <summary>The frame's presentation time in milliseconds, as the source counts.</summary>
    public required double PtsMs { get; init; }

    /// <summary>Width of the decoded frame in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the decoded frame in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>When the frame entered, by the clock that <see cref="Clock"/> names.</summary>
    public required DateTimeOffset IngestedAt { get; init; }

    /// <summary>Whose clock that was.</summary>
    public required ClockSource Clock { get; init; }

    /// <summary>Where the time went.</summary>
    public required StageLatency Latency { get; init; }

    /// <summary>The model.</summary>
    public required ModelInfo Model { get; init; }

    /// <summary>Frames of this stream that were dropped since the result before.</summary>
    public required long Dropped { get; init; }

    /// <summary>The objects, by falling confidence.</summary>
    public required IReadOnlyList<Detection> Detections { get; init; }
}
