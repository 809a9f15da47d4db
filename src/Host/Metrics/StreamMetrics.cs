using System.Diagnostics.Metrics;
using System.Text.Json;
using VisionStream.Core.Detections;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Host.Pipelines;
using VisionStream.Ingest.Recording;
using VisionStream.Restream.Annotate;

namespace VisionStream.Host.Metrics;

/// <summary>
/// Safe from any thread. What /metrics tells of each stream: the ledger's counts when asked, latencies as results come. A stream that is
/// removed takes its figures with it; one that comes back under its name begins anew.
/// </summary>
internal sealed class StreamMetrics : IDisposable
{
    // From the fastest preprocessing to a stalled machine; the target for the sum is 60 ms.
    private static readonly InstrumentAdvice<double> Milliseconds = new()
    {
        HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500, 1000, 2000, 5000],
    };

    private const string StreamTag = "stream";

    private readonly Meter _meter;
    private readonly IDisposable _subscription;
    private readonly PipelineDirectory _pipelines;
    private readonly MetricsCollector _collector;

    public StreamMetrics(PipelineDirectory pipelines, DetectionFeed feed, IMeterFactory meters, MetricsCollector collector)
    {
        (_pipelines, _collector) = (pipelines, collector);
        _pipelines.Removed += Forget;
        _meter = meters.Create(MetricNames.Meter);
        Count("visionstream.frames.decoded", "Frames that left the decoder.", l => l.Decoded);
        Count("visionstream.frames.analysed", "Frames whose detections were published.", l => l.Analysed);
        Count("visionstream.packets.received", "Video packets received.", l => l.Packets);
        Count("visionstream.source.reconnects", "Times the source was opened again.", l => l.Reconnects);
        _meter.CreateObservableGauge("visionstream.frames.waiting", () => pipelines.All.Select(p => Measure(p, p.Live.Ledger.Waiting())),
            description: "Frames whose fate is open.");
        _meter.CreateObservableCounter("visionstream.frames.dropped", () => pipelines.All.SelectMany(p => Enum.GetValues<DropReason>().Select(
            reason => Measure(p, p.Live.Ledger.Dropped(reason), new KeyValuePair<string, object?>("reason", NameOf(reason))))),
            description: "Frames that were not analysed, by reason.");
        Annotated("visionstream.annotated.frames", "Pictures of the annotated stream that were sent.", s => s.Sent);
        Annotated("visionstream.annotated.skipped", "Frames that were overwritten before they could be annotated and sent.", s => s.Skipped);
        Recorded("visionstream.recording.packets", "Packets written to recordings of our own.", s => s.Packets);
        Recorded("visionstream.recording.dropped", "Packets that those recordings lack.", s => s.Dropped);
        var latency = _meter.CreateHistogram("visionstream.latency", "ms", "Time from a packet's arrival, by stage.", advice: Milliseconds);
        _subscription = feed.Subscribe(result =>
        {
            var stream = new KeyValuePair<string, object?>(StreamTag, result.Stream.Value);
            var l = result.Latency;
            latency.Record(l.Decode, stream, new("stage", "decode"));
            latency.Record(l.Queue, stream, new("stage", "queue"));
            latency.Record(l.Preprocess, stream, new("stage", "preprocess"));
            latency.Record(l.Inference, stream, new("stage", "inference"));
            latency.Record(l.Postprocess, stream, new("stage", "postprocess"));
            latency.Record(l.Total, stream, new("stage", "total"));
        });

        void Count(string name, string description, Func<FrameLedger, long> read) =>
            _meter.CreateObservableCounter(name, () => pipelines.All.Select(p => Measure(p, read(p.Live.Ledger))), description: description);

        void Annotated(string name, string description, Func<RestreamStatus, long> read) => _meter.CreateObservableCounter(
            name, () => pipelines.All.Select(p => (p, p.Annotated)).Where(a => a.Annotated is not null).Select(a => Measure(a.p, read(a.Annotated!.Status))),
            description: description);

        void Recorded(string name, string description, Func<RecordingStatus, long> read) =>
            _meter.CreateObservableCounter(name, () => pipelines.All.Select(p => Measure(p, read(p.Recorder.Status))), description: description);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipelines.Removed -= Forget;
        _subscription.Dispose();
    }

    private void Forget(StreamName stream) => _collector.Forget(StreamTag, stream.Value);

    private static string NameOf(DropReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    private static Measurement<long> Measure(StreamPipeline pipeline, long value, params ReadOnlySpan<KeyValuePair<string, object?>> more) =>
        new(value, [new(StreamTag, pipeline.Options.Name.Value), .. more]);
}
