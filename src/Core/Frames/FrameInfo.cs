using VisionStream.Core.Streams;

namespace VisionStream.Core.Frames;

/// <summary>Where a frame comes from and when it passed which point.</summary>
/// <param name="Session">The publisher's visit that it belongs to.</param>
/// <param name="Pts">Its presentation time in the source's own units.</param>
/// <param name="IngestedAt">When it entered, by the clock that <paramref name="Clock"/> names.</param>
/// <param name="Clock">Whose clock that was.</param>
/// <param name="ArrivedAt">The packet's arrival as a timestamp of the service's <see cref="TimeProvider"/>; latencies count from here.</param>
/// <param name="DecodedAt">When the decoder gave it out, as a timestamp of the same clock.</param>
/// <param name="IsKey">Whether it can be decoded alone.</param>
public readonly record struct FrameInfo(
    StreamSession Session,
    MediaTime Pts,
    DateTimeOffset IngestedAt,
    ClockSource Clock,
    long ArrivedAt,
    long DecodedAt,
    bool IsKey);
