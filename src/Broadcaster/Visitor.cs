using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster;

/// <summary>What the host's check says of somebody who wants to subscribe. Immutable.</summary>
/// <param name="Admission">Whether they are let in at all.</param>
/// <param name="MayRead">
/// Which streams they may see; <see langword="null"/> for all. Called for every result of a subscription to all streams, from any thread.
/// </param>
/// <param name="Until">When their token ends and they are closed with 1008; <see langword="null"/> for never.</param>
public sealed record Visitor(Admission Admission, Func<StreamName, bool>? MayRead = null, DateTimeOffset? Until = null)
{
    /// <summary>Sees everything, for ever.</summary>
    public static Visitor Welcome { get; } = new(Admission.Granted);
}
