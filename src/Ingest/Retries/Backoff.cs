namespace VisionStream.Ingest.Retries;

/// <summary>
/// For one thread. How long to wait before the next attempt: doubling from a first delay to a longest one, each shortened by up to
/// a third at random, so that streams that fell together do not come back together.
/// </summary>
internal sealed class Backoff
{
    private const double Factor = 2;
    private const double Jitter = 1.0 / 3;

    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private readonly Random _random;
    private TimeSpan _next;

    /// <param name="first">The first delay; positive.</param>
    /// <param name="longest">The longest delay, at least the first.</param>
    /// <param name="random">Where the jitter comes from (default: <see cref="Random.Shared"/>).</param>
    public Backoff(TimeSpan first, TimeSpan longest, Random? random = null)
    {
        (_first, _longest, _random) = (first, longest, random ?? Random.Shared);
        _next = first;
    }

    /// <summary>Attempts since the last success.</summary>
    public int Attempts { get; private set; }

    /// <summary>The delay before the next attempt.</summary>
    public TimeSpan Next()
    {
        Attempts++;
        var delay = _next * (1 - (Jitter * _random.NextDouble()));
        _next = _next * Factor < _longest ? _next * Factor : _longest;
        return delay;
    }

    /// <summary>Starts again at the first delay: the source gave frames.</summary>
    public void Reset()
    {
        _next = _first;
        Attempts = 0;
    }
}
