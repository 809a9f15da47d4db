namespace VisionStream.Restream.Timing;

/// <summary>
/// For one thread. Places the packets of a source on a time line that goes on when the source's clock goes back, as it does when a
/// camera or an encoder starts anew behind a connection that stays open. The tracks of a source go back one after the other, with
/// packets of both clocks in between: each moves on to the new offset when its own times go back, and all get the same one, so that
/// they stay in step.
/// </summary>
/// <param name="time">The clock by which a gap is as long as it was in real time.</param>
internal sealed class SourceClock(TimeProvider time)
{
    // More than packets out of order, or the correction that RTCP's first report brings to a track of RTSP, make up.
    private static readonly TimeSpan LargestStep = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, Track> _tracks = [];
    private TimeSpan _offset;
    private TimeSpan _newest = TimeSpan.MinValue;
    private long _newestAt;

    /// <summary>How far the source's clock went back with the last packet, to which all tracks are moved; zero as a rule.</summary>
    public TimeSpan StepBack { get; private set; }

    private TimeSpan Now => _newest + time.GetElapsedTime(_newestAt);

    /// <summary>Says what is added to the times of a track.</summary>
    /// <param name="track">The track's number.</param>
    /// <param name="own">A packet's own time: when it is to be decoded.</param>
    /// <returns>The offset of this packet; that of the packets after it, until this says another.</returns>
    public TimeSpan OffsetAt(int track, TimeSpan own)
    {
        if (!_tracks.TryGetValue(track, out var state))
        {
            _tracks[track] = state = new Track { Offset = _offset };
        }

        StepBack = TimeSpan.Zero;
        var back = state.Last - (own + state.Offset);
        if (state.Offset != _offset && IsNow(own + _offset) && (back > LargestStep || !IsNow(own + state.Offset)))
        {
            state.Offset = _offset;
        }
        else if (back > LargestStep)
        {
            StepBack = back.Value;
            state.Offset = _offset = Now - own;
        }

        state.Last = own + state.Offset;
        if (state.Last > _newest)
        {
            (_newest, _newestAt) = (state.Last.Value, time.GetTimestamp());
        }

        return state.Offset;
    }

    /// <summary>The source begins again, as a file that is played in a loop: all tracks get this offset.</summary>
    public void Begin(TimeSpan offset)
    {
        _offset = offset;
        _tracks.Clear();
    }

    private bool IsNow(TimeSpan at) => (at - Now).Duration() <= LargestStep;

    private sealed class Track
    {
        public TimeSpan Offset { get; set; }

        public TimeSpan? Last { get; set; }
    }
}
