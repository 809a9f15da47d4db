namespace VisionStream.Detector.Cadence;

/// <summary>
/// For one thread. Says when the next frame of a stream may be analysed, so that the average over any longer time is the set rate
/// and never above it, and something new need not wait for a tick.
/// </summary>
/// <remarks>
/// A token bucket: tokens arrive at the set rate and each analysis takes one. An unchanged scene is analysed when
/// <see cref="Reserve"/> + 1 tokens are there, so that one is always left for a change; a changed scene when one is there. The
/// bucket holds one more, so that nothing is lost while the next frame is awaited. Times are timestamps of one
/// <see cref="TimeProvider"/>; what is not due yet is answered with the time when it will be, so that nobody has to poll.
/// </remarks>
internal sealed class AnalysisBudget
{
    private const double Reserve = 1;
    private const double Capacity = Reserve + 2;

    // Three quarters of an interval: more than the wait for the next frame of a stream of 20 frames a second, late by a quarter of
    // its own interval (ArrivalRhythm), which is no delay of ours.
    private const double Late = Reserve + 1.75;

    private readonly CadenceMode _mode;
    private readonly double _ticksPerToken;
    private readonly double _idleTicks;
    private double _tokens = Capacity - 1;
    private long _countedAt;
    private long _lastAt = long.MinValue;
    private long _lastAtBefore = long.MinValue;

    /// <param name="mode">What decides.</param>
    /// <param name="fps">Analyses a second, above 0.</param>
    /// <param name="idleFps">Analyses a second of an unchanged scene with <see cref="CadenceMode.Gated"/>, above 0.</param>
    /// <param name="frequency">Timestamps in a second.</param>
    /// <param name="now">The present timestamp.</param>
    public AnalysisBudget(CadenceMode mode, double fps, double idleFps, long frequency, long now)
    {
        _mode = mode;
        _ticksPerToken = frequency / fps;
        _idleTicks = frequency / Math.Min(idleFps, fps);
        _countedAt = now;
    }

    /// <summary>
    /// When the next analysis is nominally due, for choosing between streams: the one that is furthest behind goes first. It ages
    /// without bound, so nobody is passed over for ever. An unchanged scene that is to be looked at once a second is late after a
    /// second, not before: it would go before every scene that is looked at more often.
    /// </summary>
    /// <param name="changed">Whether the next frame shows something else than the last analysed one.</param>
    public long NominalDue(bool changed) =>
        _lastAt == long.MinValue ? long.MinValue : _lastAt + (long)(IsIdle(changed) ? _idleTicks : _ticksPerToken);

    /// <summary>Since when a frame may be analysed, or from when on it may.</summary>
    /// <param name="changed">Whether it shows something else than the last analysed one.</param>
    /// <param name="now">The present timestamp.</param>
    public long DueAt(bool changed, long now)
    {
        var needed = changed && _mode != CadenceMode.Fixed ? 1 : Reserve + 1;
        var missing = needed - TokensAt(now);
        var due = now + (long)Math.Ceiling(missing * _ticksPerToken);
        return IsIdle(changed) && _lastAt != long.MinValue ? Math.Max(due, _lastAt + (long)_idleTicks) : due;
    }

    /// <summary>Whether the analyses are behind the set rate, so that none of them can be given up.</summary>
    public bool IsBehind(long now) => TokensAt(now) > Late;

    /// <summary>Takes a token for an analysis that begins now.</summary>
    public void Spend(long now)
    {
        _tokens = TokensAt(now) - 1;
        _countedAt = now;
        (_lastAtBefore, _lastAt) = (_lastAt, now);
    }

    /// <summary>Takes the last <see cref="Spend"/> back, token and turn, because that analysis was cut short.</summary>
    public void Refund()
    {
        _tokens = Math.Min(Capacity, _tokens + 1);
        _lastAt = _lastAtBefore;
    }

    private bool IsIdle(bool changed) => _mode == CadenceMode.Gated && !changed;

    private double TokensAt(long now) => Math.Min(Capacity, _tokens + ((now - _countedAt) / _ticksPerToken));
}
