using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace VisionStream.Host.Metrics;

/// <summary>An instrument and its values by tags. Guarded by the collector's lock.</summary>
internal sealed class MetricFamily
{
    // For instruments that advise none: from 1 ms to 10 s, about three to a decade.
    private static readonly double[] DefaultBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<double> _boundaries;

    public MetricFamily(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        var counter = type.Contains("Counter", StringComparison.Ordinal) && !type.Contains("UpDown", StringComparison.Ordinal);
        Kind = type.Contains("Histogram", StringComparison.Ordinal) ? "histogram" : counter ? "counter" : "gauge";
        Observed = type.StartsWith("Observable", StringComparison.Ordinal) || type.StartsWith("Gauge", StringComparison.Ordinal);
        Help = instrument.Description ?? instrument.Name;
        Name = ToName(instrument.Name, instrument.Unit) + (counter ? "_total" : "");
        _boundaries = Kind != "histogram" ? [] : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? DefaultBoundaries;
    }

    /// <summary>The Prometheus name.</summary>
    public string Name { get; }

    /// <summary>What it means.</summary>
    public string Help { get; }

    /// <summary>counter, gauge or histogram.</summary>
    public string Kind { get; }

    /// <summary>Whether measurements are totals rather than increments.</summary>
    public bool Observed { get; }

    /// <summary>The values, ordered by tags.</summary>
    public IEnumerable<MetricSeries> Series => _series.Values;

    /// <summary>Forgets the values of an observable instrument, which names the living ones anew each time.</summary>
    public void Clear() => _series.Clear();

    /// <summary>Forgets the values that have a tag of a value.</summary>
    public void Forget(string tag, string value)
    {
        var label = ToLabels([new KeyValuePair<string, object?>(tag, value)]);
        foreach (var labels in _series.Keys.Where(Has).ToArray())
        {
            _series.Remove(labels);
        }

        // Quotation marks within a value are escaped, so a label begins nowhere but at the front or behind a comma.
        bool Has(string labels) =>
            $",{labels},".Contains($",{label},", StringComparison.Ordinal);
    }

    /// <summary>Enters a measurement.</summary>
    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = ToLabels(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            _series[labels] = series = new MetricSeries(labels, _boundaries);
        }

        if (Kind == "histogram")
        {
            series.Record(value);
        }
        else if (Observed)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private static string ToName(string name, string? unit)
    {
        var text = new StringBuilder(name.Length + 12);
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        var suffix = unit switch { "ms" => "_milliseconds", "s" => "_seconds", "By" => "_bytes", _ => "" };

        // A name that says its unit already ("bytes.sent") is not told it twice.
        return text.ToString().Contains(suffix.TrimStart('_'), StringComparison.Ordinal) ? text.ToString() : text.Append(suffix).ToString();
    }

    private static string ToLabels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(ToName(key, null)).Append("=\"");
            foreach (var c in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            {
                _ = c switch
                {
                    '\\' => text.Append("\\\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append("\\n"),
                    _ => text.Append(c),
                };
            }

            text.Append('"');
        }

        return text.ToString();
    }
}
