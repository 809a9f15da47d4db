namespace VisionStream.Core.Streams;

/// <summary>
/// One uninterrupted visit of a publisher to a stream. A publisher that comes back starts a new session; the stream keeps its
/// name, its ring and its subscribers. Immutable, shared by all frames of the visit.
/// </summary>
/// <param name="Id">A ULID, so that later sessions sort after earlier ones.</param>
/// <param name="StartedAt">When the first frame was about to be read, by the service's clock.</param>
public sealed record StreamSession(string Id, DateTimeOffset StartedAt)
{
    /// <summary>Starts a session now.</summary>
    public static StreamSession Start(TimeProvider time) => new(Ulid.Create(time), time.GetUtcNow());
}
