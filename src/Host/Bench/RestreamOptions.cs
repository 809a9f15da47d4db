namespace VisionStream.Host.Bench;

/// <summary>What <c>bench restream</c> does. Immutable.</summary>
internal sealed record RestreamOptions
{
    /// <summary>Bits a second of the annotated video and of ffmpeg's: what the product takes for 720p by itself.</summary>
    public const int BitRate = 2_304_000;

    /// <summary>The size that is published, annotated and compared.</summary>
    public const int Width = 1280;

    /// <inheritdoc cref="Width"/>
    public const int Height = 720;

    /// <summary>A clip that is published as 1280x720 at 30 frames a second or its own fewer; <see langword="null"/> for a moving test pattern (default: that).</summary>
    public string? Clip { get; init; }

    /// <summary>How often both sides are measured, in turns (default: 3).</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>How long each side runs before it is measured, until the runtime has compiled what is hot (default: 12 s).</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long each side is measured in a round (default: 10 s).</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);
}
