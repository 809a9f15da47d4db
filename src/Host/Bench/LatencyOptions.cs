namespace VisionStream.Host.Bench;

/// <summary>What the latency bench does. Immutable.</summary>
internal sealed record LatencyOptions
{
    /// <summary>The model. Required.</summary>
    public required string Model { get; init; }

    /// <summary>A picture of something that the model finds; shown at random moments. Required.</summary>
    public required string Image { get; init; }

    /// <summary>Where to publish and read; <see langword="null"/> for a server of the bench's own (default: that).</summary>
    public string? Via { get; init; }

    /// <summary>How often the object is shown (default: 60).</summary>
    public int Trials { get; init; } = 60;

    /// <summary>Frames a second of the published stream (default: 30).</summary>
    public int FramesPerSecond { get; init; } = 30;

    /// <summary>
    /// The command line of another program to measure instead of this one, with <c>{url}</c>, <c>{model}</c> and <c>{port}</c> for what
    /// it is told; it serves messages of the same form at <c>ws://127.0.0.1:{port}/ws</c> (default: none).
    /// </summary>
    public string? Peer { get; init; }

    /// <summary>More arguments for the service under test (default: none).</summary>
    public IReadOnlyList<string> Service { get; init; } = [];
}
