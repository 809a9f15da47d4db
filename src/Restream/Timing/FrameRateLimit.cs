namespace VisionStream.Restream.Timing;

/// <summary>For one thread. Thins a stream out to a frame rate, evenly, by the frames' own times.</summary>
/// <param name="framesPerSecond">The rate not to exceed.</param>
/// <param name="unitsPerSecond">Units of the times that are asked about.</param>
internal sealed class FrameRateLimit(double framesPerSecond, int unitsPerSecond)
{
    private readonly double _interval = unitsPerSecond / framesPerSecond;
    private double? _due;

    /// <summary>Whether a frame of this time is one of those to keep.</summary>
    public bool Admit(long pts)
    {
        // An eighth of an interval of tolerance, so that a source of the very same rate with a little jitter loses nothing.
        if (_due is { } due && pts < due - (_interval / 8))
        {
            return false;
        }

        // Counting on from the due time keeps the average rate; after a gap it starts afresh.
        _due = _due is { } last && pts - last < _interval ? last + _interval : pts + _interval;
        return true;
    }
}
