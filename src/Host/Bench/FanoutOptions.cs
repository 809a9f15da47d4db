namespace VisionStream.Host.Bench;

/// <summary>What <c>bench fanout</c> is to measure. Immutable.</summary>
internal sealed record FanoutOptions
{
    /// <summary>Connections to open (default: 2,000).</summary>
    public int Subscribers { get; init; } = 2_000;

    /// <summary>Messages a second that the server of the bench publishes (default: 10).</summary>
    public double Rate { get; init; } = 10;

    /// <summary>Objects in a message; three make 0.9 KB (default: 3).</summary>
    public int Detections { get; init; } = 3;

    /// <summary>How long is measured (default: 10 s).</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long everything runs before that, until the runtime has compiled what is hot (default: 12 s).</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long after the last message those that have not come count as lost (default: 5 s).</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Handshakes under way at once (default: 64).</summary>
    public int ConnectAtOnce { get; init; } = 64;

    /// <summary>How long opening all connections may take (default: 60 s).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
