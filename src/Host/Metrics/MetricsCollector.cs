using System.Diagnostics.Metrics;

namespace VisionStream.Host.Metrics;

/// <summary>
/// Safe from any thread. Listens to the meters whose names start with <c>VisionStream</c> and writes their values in Prometheus'
/// text format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>What Prometheus expects as Content-Type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener;

    public MetricsCollector()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name.StartsWith("VisionStream", StringComparison.Ordinal))
                {
                    var family = new MetricFamily(instrument);
                    lock (_gate)
                    {
                        // The same instrument of a second meter (two hosts in one process) adds to the first one's family.
                        family = _families.TryAdd(family.Name, family) ? family : _families[family.Name];
                    }

                    listener.EnableMeasurementEvents(instrument, family);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Measure(state, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Measure(state, value, tags));
        _listener.Start();
    }

    /// <summary>The values as they are now.</summary>
    public string Collect()
    {
        lock (_gate)
        {
            foreach (var family in _families.Values.Where(f => f.Observed))
            {
                family.Clear();
            }
        }

        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            return PrometheusText.Write(_families.Values);
        }
    }

    /// <summary>Forgets all series that have a tag of a value; one that is measured again begins anew.</summary>
    public void Forget(string tag, string value)
    {
        lock (_gate)
        {
            foreach (var family in _families.Values)
            {
                family.Forget(tag, value);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Measure(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Without one its meter is being disposed on another thread, as when one of several hosts in a process ends.
        if (state is MetricFamily family)
        {
            lock (_gate)
            {
                family.Measure(value, tags);
            }
        }
    }
}
