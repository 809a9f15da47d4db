namespace VisionStream.Broadcaster.Client;

/// <summary>
/// Not safe for several threads. Doubling pauses, each shortened by up to a third at random, so that all the subscribers of a
/// service that was started again do not come back in the same moment.
/// </summary>
internal sealed class ReconnectDelay
{
    private const double Jitter = 1.0 / 3;

    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private readonly Random _random;
    private TimeSpan _next;

    /// <summary>Begins with <paramref name="first"/> and goes up to <paramref name="longest"/>.</summary>
    public ReconnectDelay(TimeSpan first, TimeSpan longest, Random random)
    {
        (_first, _longest, _random) = (first, longest, random);
        _next = first;
    }

    /// <summary>The pause before the next attempt.</summary>
    public TimeSpan Next()
    {
        var delay = _next * (1 - (Jitter * _random.NextDouble()));
        _next = _next * 2 < _longest ? _next * 2 : _longest;
        return delay;
    }

    /// <summary>Begins anew: something arrived.</summary>
    public void Reset() => _next = _first;
}
