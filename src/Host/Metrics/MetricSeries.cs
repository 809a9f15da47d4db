namespace VisionStream.Host.Metrics;

/// <summary>One instrument's value for one set of tags. Guarded by the collector's lock.</summary>
/// <param name="labels">The tags as Prometheus writes them between braces, for example <c>stream="cam"</c>; empty for none.</param>
/// <param name="boundaries">Upper bounds of a histogram's buckets, rising; empty for counters and gauges.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> boundaries)
{
    private readonly long[] _buckets = new long[boundaries.Count + 1];

    /// <summary>The tags.</summary>
    public string Labels { get; } = labels;

    /// <summary>The sum of a counter or histogram, the last value of a gauge.</summary>
    public double Value { get; private set; }

    /// <summary>How many values a histogram has seen.</summary>
    public long Count { get; private set; }

    /// <summary>Adds to a counter or an up-down counter.</summary>
    public void Add(double value) => Value += value;

    /// <summary>Sets a gauge, or an observable counter's running total.</summary>
    public void Set(double value) => Value = value;

    /// <summary>Enters a value into a histogram.</summary>
    public void Record(double value)
    {
        var bucket = 0;
        while (bucket < boundaries.Count && value > boundaries[bucket])
        {
            bucket++;
        }

        _buckets[bucket]++;
        Count++;
        Value += value;
    }

    /// <summary>Values seen up to each boundary, the last one for all, as Prometheus counts buckets.</summary>
    public IEnumerable<(double UpTo, long Count)> CumulativeBuckets()
    {
        var sum = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            sum += _buckets[i];
            yield return (i < boundaries.Count ? boundaries[i] : double.PositiveInfinity, sum);
        }
    }
}
