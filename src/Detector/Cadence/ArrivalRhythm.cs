namespace VisionStream.Detector.Cadence;

/// <summary>
/// <see cref="Arrived"/> is for the ingest thread, <see cref="Settle"/> for the engine's; a lock keeps them apart. Knows when a stream's
/// next frame is to be expected, so that a tick that falls just before it waits for it: the result is of a picture that is as old as
/// the analysis, not of one that has lain there for most of an interval already. On average that is half a frame's interval.
/// </summary>
internal sealed class ArrivalRhythm
{
    // A frame that came so lately, in intervals, is as good as new.
    private const double Fresh = 0.25;

    // When the next frame should be there, in intervals after the last: networks and servers deliver with some jitter.
    private const double Expected = 1.25;

    // Share of the newest interval in the average: settled after a second of video.
    private const double Share = 1 / 16.0;

    private readonly Lock _gate = new();
    private readonly double _longest;
    private double _interval;
    private long _arrivedAt = long.MinValue;

    /// <param name="frequency">Timestamps in a second.</param>
    public ArrivalRhythm(long frequency) => _longest = frequency / 4.0;

    /// <summary>A frame has come.</summary>
    /// <param name="now">The present timestamp.</param>
    public void Arrived(long now)
    {
        lock (_gate)
        {
            if (_arrivedAt != long.MinValue)
            {
                // A pause of the source is no rhythm.
                var passed = Math.Min(now - _arrivedAt, _longest);
                _interval = _interval == 0 ? passed : _interval + ((passed - _interval) * Share);
            }

            _arrivedAt = now;
        }
    }

    /// <summary>
    /// Moves a due time to where the next frame should have come, if the newest one is old by then. One that was due when it came
    /// waits for nothing, however late the engine gets to it.
    /// </summary>
    /// <param name="dueAt">Since when, or from when on, the newest frame may be analysed.</param>
    /// <returns><paramref name="dueAt"/>, or the later time. The next frame's arrival asks again.</returns>
    public long Settle(long dueAt)
    {
        lock (_gate)
        {
            return dueAt - _arrivedAt <= _interval * Fresh ? dueAt : Math.Max(dueAt, _arrivedAt + (long)(_interval * Expected));
        }
    }
}
