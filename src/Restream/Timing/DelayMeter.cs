namespace VisionStream.Restream.Timing;

/// <summary>
/// One thread calls <see cref="Entered"/> and <see cref="HandedOver"/>; <see cref="Newest"/> may be called from any. Measures each
/// frame's way from the source to the target's connection, on the one clock that also stamped its arrival. Allocates nothing per frame.
/// </summary>
internal sealed class DelayMeter(TimeProvider time)
{
    /// <summary>Frames that are remembered: half a minute at 30 a second.</summary>
    public const int Capacity = 1024;

    // More than any encoder here holds back: those of hardware keep a handful of pictures.
    private const int MostUnderWay = 64;

    private readonly UnderWay[] _underWay = new UnderWay[MostUnderWay];
    private readonly Lock _gate = new();
    private readonly FrameDelay[] _delays = new FrameDelay[Capacity];
    private long _entered;
    private long _count;

    /// <summary>A frame goes into the encoder.</summary>
    /// <param name="pts">The picture's time, by which its packet is known.</param>
    /// <param name="arrivedAt">When its packet came, as a timestamp of the clock.</param>
    /// <param name="decodedAt">When the decoder gave it out.</param>
    public void Entered(long pts, long arrivedAt, long decodedAt) =>
        _underWay[_entered++ % MostUnderWay] = new UnderWay(pts, arrivedAt, decodedAt);

    /// <summary>A packet is handed to the target's connection; those of other pictures than entered frames are passed over.</summary>
    public void HandedOver(long pts)
    {
        var now = time.GetTimestamp();
        for (var i = _entered - 1; i >= Math.Max(0, _entered - MostUnderWay); i--)
        {
            var frame = _underWay[i % MostUnderWay];
            if (frame.Pts == pts)
            {
                lock (_gate)
                {
                    _delays[_count++ % Capacity] = new FrameDelay(time.GetElapsedTime(frame.DecodedAt, now), time.GetElapsedTime(frame.ArrivedAt, now));
                }

                return;
            }
        }
    }

    /// <summary>The delays of the newest frames, oldest first.</summary>
    /// <param name="most">How many at most; <see cref="Capacity"/> are there at most.</param>
    public FrameDelay[] Newest(int most)
    {
        lock (_gate)
        {
            var delays = new FrameDelay[Math.Min(Math.Min(most, Capacity), _count)];
            for (var i = 0; i < delays.Length; i++)
            {
                delays[i] = _delays[(_count - delays.Length + i) % Capacity];
            }

            return delays;
        }
    }

    private readonly record struct UnderWay(long Pts, long ArrivedAt, long DecodedAt);
}
