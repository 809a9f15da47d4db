namespace VisionStream.Core.Streams;

/// <summary>A change in a stream's state, or its latest state. Immutable.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="State">Its state from now on.</param>
/// <param name="Reason">One sentence for a person, never with credentials in it.</param>
/// <param name="At">When it changed, by the service's clock.</param>
public sealed record StreamStatus(StreamName Stream, StreamState State, string Reason, DateTimeOffset At)
{
    /// <summary>The session that the state belongs to, once there was one.</summary>
    public string? Session { get; init; }

    /// <summary>Width of the decoded frames in pixels; 0 before the first one.</summary>
    public int Width { get; init; }

    /// <summary>Height of the decoded frames in pixels; 0 before the first one.</summary>
    public int Height { get; init; }
}
