using VisionStream.Core.Streams;

namespace VisionStream.Ingest.Decoding;

/// <summary>When a packet came.</summary>
/// <param name="Sequence">Counts the video packets of a visit from 1, in decoding order.</param>
/// <param name="At">Timestamp of the service's <see cref="TimeProvider"/>.</param>
/// <param name="IngestedAt">The same moment by the clock that <paramref name="Clock"/> names.</param>
/// <param name="Clock">Whose clock that is.</param>
internal readonly record struct PacketArrival(long Sequence, long At, DateTimeOffset IngestedAt, ClockSource Clock);
