using VisionStream.Core.Frames;

namespace VisionStream.Restream.Annotate;

/// <summary>
/// For one thread. Reads the frames of a ring in order, however long it was away: what it missed is counted, and when it is far
/// behind it goes to the newest frame, so that the delay does not grow.
/// </summary>
internal sealed class FrameSource(FrameRing ring, TimeProvider time)
{
    private long _last;
    private long _skipped;
    private long _cameAt = time.GetTimestamp();

    /// <summary>Frames that were not read.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>When the newest frame that was read came.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>How long no frame has been read.</summary>
    public TimeSpan Silence => time.GetElapsedTime(_cameAt);

    /// <summary>Leases the next frame.</summary>
    public bool TryNext(out FrameLease lease)
    {
        // Half the ring: the writer needs the other half while this reader catches up.
        var after = ring.NewestId - _last > ring.Capacity / 2 ? ring.NewestId - 1 : _last;
        if (!ring.TryLeaseNext(after, out lease))
        {
            return false;
        }

        // Ids count from 1, and what was there before this reader came was not missed by it.
        Interlocked.Add(ref _skipped, _last == 0 ? 0 : lease.Frame.Id - _last - 1);
        _last = lease.Frame.Id;
        (_cameAt, LastAt) = (time.GetTimestamp(), time.GetUtcNow());
        return true;
    }

    /// <summary>Leases the newest frame, read before or not, without taking it for a sign of life.</summary>
    public bool TryNewest(out FrameLease lease) => ring.TryLeaseNewest(0, out lease);
}
