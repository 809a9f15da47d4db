namespace VisionStream.Core.Metrics;

/// <summary>
/// Safe from any thread; every count is one interlocked add. The books of one stream: each decoded frame is entered once when
/// it leaves the decoder and once more when its fate is known, so that
/// <c>decoded = analysed + dropped (by reason) + waiting</c>, where the waiting ones are in the ring or under the model right now.
/// </summary>
public sealed class FrameLedger
{
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly long[] _dropped = new long[Reasons];
    private readonly Lock _fates = new();
    private long _settledTo;
    private long _packets;
    private long _decoded;
    private long _analysed;
    private long _reconnects;

    /// <summary>Video packets received from the source.</summary>
    public long Packets => Interlocked.Read(ref _packets);

    /// <summary>Frames that left the decoder, the damaged ones too.</summary>
    public long Decoded => Interlocked.Read(ref _decoded);

    /// <summary>Frames whose detections were published.</summary>
    public long Analysed => Interlocked.Read(ref _analysed);

    /// <summary>How often the source had to be opened again.</summary>
    public long Reconnects => Interlocked.Read(ref _reconnects);

    /// <summary>Enters a packet that arrived.</summary>
    public void CountPacket() => Interlocked.Increment(ref _packets);

    /// <summary>Enters a frame that left the decoder.</summary>
    public void CountDecoded() => Interlocked.Increment(ref _decoded);

    /// <summary>Enters the end of a frame whose detections were published.</summary>
    public void CountAnalysed() => Interlocked.Increment(ref _analysed);

    /// <summary>Enters another attempt to open the source.</summary>
    public void CountReconnect() => Interlocked.Increment(ref _reconnects);

    /// <summary>Enters the end of <paramref name="frames"/> frames that nobody will analyse.</summary>
    public void CountDropped(DropReason reason, long frames = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        Interlocked.Add(ref _dropped[(int)reason], frames);
    }

    /// <summary>
    /// Enters the fate of the ring's frames up to <paramref name="frameId"/> that have none yet: they were passed over. For whoever
    /// takes frames from the ring, which is one reader at a time.
    /// </summary>
    /// <returns>How many they were.</returns>
    public long PassOver(long frameId, DropReason reason)
    {
        lock (_fates)
        {
            var frames = Math.Max(0, frameId - _settledTo);
            CountDropped(reason, frames);
            _settledTo += frames;
            return frames;
        }
    }

    /// <summary>
    /// Says that a frame of the ring has been taken and its fate will be entered with <see cref="CountAnalysed"/> or
    /// <see cref="CountDropped"/>. The ones before it have to be passed over first.
    /// </summary>
    public void Take(long frameId)
    {
        lock (_fates)
        {
            _settledTo = Math.Max(_settledTo, frameId);
        }
    }

    /// <summary>Frames dropped so far for one reason.</summary>
    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Frames dropped so far for all reasons.</summary>
    public long DroppedInAll()
    {
        var sum = 0L;
        for (var i = 0; i < _dropped.Length; i++)
        {
            sum += Interlocked.Read(ref _dropped[i]);
        }

        return sum;
    }

    /// <summary>
    /// Frames whose fate is open. Fates are read before births, so a concurrent reader may see a few too many and never a
    /// negative number.
    /// </summary>
    public long Waiting()
    {
        var settled = DroppedInAll() + Analysed;
        return Decoded - settled;
    }
}
