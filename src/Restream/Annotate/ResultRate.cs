namespace VisionStream.Restream.Annotate;

/// <summary>For one thread. How many results a second came in lately.</summary>
internal sealed class ResultRate(TimeProvider time)
{
    // Three seconds at 10 results a second: steady enough to read, quick enough to show trouble.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private readonly long[] _arrivals = new long[128];
    private int _count;
    private int _next;

    /// <summary>Enters a result that has just come.</summary>
    public void Count()
    {
        _arrivals[_next] = time.GetTimestamp();
        _next = (_next + 1) % _arrivals.Length;
        _count = Math.Min(_count + 1, _arrivals.Length);
    }

    /// <summary>Results a second: the intervals between those of the last seconds, or 0.</summary>
    public double PerSecond()
    {
        var (first, last, intervals) = (0L, 0L, 0);
        for (var i = 1; i <= _count; i++)
        {
            var arrival = _arrivals[(_next - i + _arrivals.Length) % _arrivals.Length];
            if (time.GetElapsedTime(arrival) > Window)
            {
                break;
            }

            (first, last, intervals) = (arrival, last == 0 ? arrival : last, i - 1);
        }

        var span = time.GetElapsedTime(first, last).TotalSeconds;
        return span > 0 ? intervals / span : 0;
    }
}
