using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Detector.Engine;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.Ingest;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Host.Pipelines;

/// <summary>A directory with a real engine, real models and libav's test pictures as sources.</summary>
internal sealed class PipelineRig : IAsyncDisposable
{
    private readonly ConcurrentQueue<FrameDetections> _results = new();
    private readonly DetectionEngine _engine;

    /// <param name="server">The MediaMTX that streams without a URL are read from.</param>
    /// <param name="time">The clock of the streams' own waits (default: the system's).</param>
    public PipelineRig(MediaServer? server = null, TimeProvider? time = null)
    {
        Prerequisite.Require(MediaLibraries.TryLoad(out var found), found);
        _engine = new DetectionEngine(Feed, TimeProvider.System, NullLogger<DetectionEngine>.Instance);
        Models = new ModelShelf(new(), TimeProvider.System);
        Directory = new PipelineDirectory(new PipelineRoom(_engine, Models, Feed, time ?? TimeProvider.System, NullLoggerFactory.Instance, server));
        Feed.Subscribe(_results.Enqueue);
    }

    public DetectionFeed Feed { get; } = new();

    public ModelShelf Models { get; }

    public TinyModels Files { get; } = new();

    public PipelineDirectory Directory { get; }

    public IReadOnlyList<FrameDetections> Results => [.. _results];

    public StreamOptions Options(string name, string url = "lavfi:testsrc2=size=320x240:rate=25") => new()
    {
        Name = StreamName.Parse(name),
        Url = url,
        Analysis = new AnalysisOptions { Model = Files.Pets, Fps = 20, Cadence = "fixed" },
    };

    /// <summary>Waits for a result that comes from now on and fits.</summary>
    public async Task<FrameDetections> NextAsync(string stream, Func<FrameDetections, bool>? fits = null)
    {
        var from = _results.Count;
        FrameDetections? found = null;
        await Eventually.BecomesTrue(() => (found = _results.Skip(from).FirstOrDefault(r => r.Stream.Value == stream && fits?.Invoke(r) != false)) is not null,
            $"a result of {stream} that fits");
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await Directory.DisposeAsync();
        await _engine.DisposeAsync();
        Files.Dispose();
    }
}
