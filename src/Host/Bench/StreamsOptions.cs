namespace VisionStream.Host.Bench;

/// <summary>What <c>bench streams</c> does. Immutable.</summary>
internal sealed record StreamsOptions
{
    /// <summary>The model. Required.</summary>
    public required string Model { get; init; }

    /// <summary>A clip that is published as 1280x720 at 30 frames a second; <see langword="null"/> for a moving test pattern (default: that).</summary>
    public string? Clip { get; init; }

    /// <summary>Most streams tried (default: 32).</summary>
    public int Most { get; init; } = 32;

    /// <summary>How long each number of streams is measured (default: 10 s).</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);
}
