using VisionStream.Core.Frames;
using VisionStream.Core.Streams;

namespace VisionStream.Restream.Timing;

/// <summary>
/// For one thread. Maps the source's presentation times to those of the output, which only ever rise: the first session keeps its
/// own times; when the publisher comes back with another clock, or the clock jumps, the output goes on where real time says.
/// In units of 1/90000 s, RTP's clock for video (RFC 6184), in which no usual frame rate has a remainder.
/// </summary>
internal sealed class OutputTimeline(TimeProvider time)
{
    /// <summary>Units a second.</summary>
    public const int Rate = 90_000;

    /// <summary>The source may run ahead of real time by this much, as after a stall of the network, before it counts as a jump.</summary>
    public const long LargestLead = 5 * Rate;

    private StreamSession? _session;
    private long _offset;
    private long _lastAt;

    /// <summary>The output's newest time; <see langword="null"/> before the first.</summary>
    public long? Last { get; private set; }

    /// <summary>The output time of a frame; later than every one before.</summary>
    public long Map(StreamSession session, MediaTime pts)
    {
        var source = pts.In(1, Rate);
        if (Last is not { } last)
        {
            // Negative times would make a muxer shift the whole stream.
            _offset = Math.Max(0, -source);
        }
        else if (session.Id != _session?.Id || !IsPlausible(source + _offset, last))
        {
            _offset = Continued(last) - source;
        }

        _session = session;
        return Emit(source + _offset);
    }

    /// <summary>The output time of a picture that is shown for want of a newer one: as much later as real time has passed.</summary>
    public long MapStill() => Emit(Last is { } last ? Continued(last) : 0);

    /// <summary>The output time of sound that belongs to a session, on the line of its frames.</summary>
    public SoundTiming MapSound(StreamSession session, long ptsMicroseconds, out long pts)
    {
        pts = new MediaTime(ptsMicroseconds, 1, 1_000_000).In(1, Rate) + _offset;

        // Ids of sessions are ULIDs, which sort by time.
        return string.CompareOrdinal(session.Id, _session?.Id) switch
        {
            0 => SoundTiming.Known,
            > 0 => SoundTiming.TooEarly,
            _ => SoundTiming.TooLate,
        };
    }

    private bool IsPlausible(long mapped, long last) => mapped > last && mapped - last <= Elapsed() + LargestLead;

    private long Elapsed() => (long)(time.GetElapsedTime(_lastAt).TotalSeconds * Rate);

    private long Continued(long last) => last + Math.Max(1, Elapsed());

    private long Emit(long pts)
    {
        _lastAt = time.GetTimestamp();
        Last = pts;
        return pts;
    }
}
