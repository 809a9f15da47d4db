namespace VisionStream.EndToEnd.Peers;

/// <summary>One stream as <see cref="Ffprobe"/> found it; width and height in pixels, 0 for sound.</summary>
public sealed record ProbedStream
{
    /// <summary>video or audio.</summary>
    public required string Kind { get; init; }

    /// <summary>ffmpeg's name of the codec, such as h264.</summary>
    public required string Codec { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public string? PixelFormat { get; init; }

    public bool HasBFrames { get; init; }
}
