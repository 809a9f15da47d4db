using System.Diagnostics.Metrics;
using VisionStream.Host.Metrics;

namespace VisionStream.Tests.Host.Metrics;

public sealed class MetricsCollectorTests
{
    [Fact]
    public void Counters_gauges_and_histograms_are_written_as_Prometheus_reads_them()
    {
        using var meter = new Meter("VisionStream.Test." + Guid.NewGuid().ToString("N"));
        using var collector = new MetricsCollector();
        var counter = meter.CreateCounter<long>("test.messages", description: "Messages sent.");
        counter.Add(2, new KeyValuePair<string, object?>("stream", "live/a"));
        counter.Add(3, new KeyValuePair<string, object?>("stream", "live/a"));
        counter.Add(1, new KeyValuePair<string, object?>("stream", "quote\" slash\\ line\n"));
        meter.CreateObservableGauge("test.subscribers", () => 7);
        meter.CreateObservableCounter("test.frames", () => new Measurement<long>(41, new KeyValuePair<string, object?>("reason", "corrupt")));
        var histogram = meter.CreateHistogram<double>("test.latency", "ms", "Time taken.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [10, 20] });
        foreach (var ms in new[] { 5.0, 10.0, 15.0, 99.5 })
        {
            histogram.Record(ms);
        }

        var text = collector.Collect();

        Assert.Contains("# HELP test_messages_total Messages sent.\n# TYPE test_messages_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("test_messages_total{stream=\"live/a\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("test_messages_total{stream=\"quote\\\" slash\\\\ line\\n\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE test_subscribers gauge\ntest_subscribers 7\n", text, StringComparison.Ordinal);
        Assert.Contains("test_frames_total{reason=\"corrupt\"} 41\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE test_latency_milliseconds histogram\n"
            + "test_latency_milliseconds_bucket{le=\"10\"} 2\ntest_latency_milliseconds_bucket{le=\"20\"} 3\ntest_latency_milliseconds_bucket{le=\"+Inf\"} 4\n"
            + "test_latency_milliseconds_sum 129.5\ntest_latency_milliseconds_count 4\n", text, StringComparison.Ordinal);
        PrometheusGrammar.AssertHolds(text);
    }

    [Fact]
    public void An_observable_instrument_names_only_those_that_still_live()
    {
        using var meter = new Meter("VisionStream.Test." + Guid.NewGuid().ToString("N"));
        using var collector = new MetricsCollector();
        var streams = new List<string> { "a", "b" };
        meter.CreateObservableGauge("test.alive", () => streams.Select(s => new Measurement<int>(1, new KeyValuePair<string, object?>("stream", s))));
        Assert.Contains("test_alive{stream=\"a\"} 1", collector.Collect(), StringComparison.Ordinal);

        streams.Remove("a");
        var text = collector.Collect();
        Assert.DoesNotContain("test_alive{stream=\"a\"}", text, StringComparison.Ordinal);
        Assert.Contains("test_alive{stream=\"b\"} 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_forgotten_is_gone_in_all_families_and_begins_anew()
    {
        using var meter = new Meter("VisionStream.Test." + Guid.NewGuid().ToString("N"));
        using var collector = new MetricsCollector();
        var counter = meter.CreateCounter<long>("test.kept");
        var histogram = meter.CreateHistogram<double>("test.spread", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [10] });
        foreach (var stream in (string[])["live/a", "live/ab", "a\",stream=\"live/a"])
        {
            counter.Add(2, new KeyValuePair<string, object?>("stage", "queue"), new KeyValuePair<string, object?>("stream", stream));
            histogram.Record(5, new KeyValuePair<string, object?>("stream", stream), new KeyValuePair<string, object?>("stage", "queue"));
        }

        collector.Forget("stream", "live/a");
        var text = collector.Collect();
        Assert.DoesNotContain("stream=\"live/a\"", text, StringComparison.Ordinal);
        Assert.Contains("test_kept_total{stage=\"queue\",stream=\"live/ab\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("test_spread_count{stream=\"live/ab\",stage=\"queue\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("test_kept_total{stage=\"queue\",stream=\"a\\\",stream=\\\"live/a\"} 2\n", text, StringComparison.Ordinal);

        counter.Add(1, new KeyValuePair<string, object?>("stage", "queue"), new KeyValuePair<string, object?>("stream", "live/a"));
        Assert.Contains("test_kept_total{stage=\"queue\",stream=\"live/a\"} 1\n", collector.Collect(), StringComparison.Ordinal);
    }

    [Fact]
    public void Meters_of_others_are_left_out()
    {
        using var meter = new Meter("Elsewhere");
        using var collector = new MetricsCollector();
        meter.CreateCounter<int>("elsewhere.count").Add(1);

        Assert.DoesNotContain("elsewhere", collector.Collect(), StringComparison.Ordinal);
    }
}
