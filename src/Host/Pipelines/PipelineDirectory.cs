using System.Collections.Concurrent;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Detector.Engine;
using VisionStream.Host.Configuration;
using VisionStream.Ingest;
using VisionStream.Ingest.Sources;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Pipelines;

/// <summary>Safe from any thread. The streams that are being watched, by name.</summary>
internal sealed class PipelineDirectory(DetectionEngine engine, ModelShelf models, DetectionFeed feed, TimeProvider time, ILoggerFactory loggers)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<StreamName, StreamPipeline> _pipelines = new();
    private readonly Lock _gate = new();

    /// <summary>All of them, ordered by name.</summary>
    public IReadOnlyList<StreamPipeline> All => [.. _pipelines.Values.OrderBy(p => p.Options.Name.Value, StringComparer.Ordinal)];

    /// <summary>One of them, or <see langword="null"/>.</summary>
    public StreamPipeline? Find(StreamName name) => _pipelines.GetValueOrDefault(name);

    /// <summary>One of them by its name as it stands in a route, slashes as they are or as %2F; or <see langword="null"/>.</summary>
    public StreamPipeline? FindEscaped(string name) =>
        StreamName.TryParse(Uri.UnescapeDataString(name), out var parsed, out _) ? Find(parsed) : null;

    /// <summary>Begins to watch a stream.</summary>
    /// <exception cref="BadInputException">The source, the model or its settings cannot be used; the message says why.</exception>
    public StreamPipeline Start(StreamOptions options)
    {
        // Loading a model takes a while; two callers with one name must not both get through.
        lock (_gate)
        {
            return StartOne(options);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_pipelines.Values.Select(p => p.DisposeAsync().AsTask()));
        _pipelines.Clear();
    }

    private StreamPipeline StartOne(StreamOptions options)
    {
        if (!SourceUrl.TryParse(options.Url, out var source, out var error) || (error = source.FindProblem()) is not null)
        {
            throw new BadInputException($"{options.Name}: {error}");
        }

        TargetUrl? target = null;
        if (options.AnnotateTo is not null && !TargetUrl.TryParse(options.AnnotateTo, out target, out error))
        {
            throw new BadInputException($"{options.Name}: {error}");
        }

        var analysis = options.Analysis;
        var detector = models.Detector(analysis.Model, analysis.Labels);
        var detection = new StreamDetectionOptions
        {
            Fps = analysis.Fps,
            IdleFps = analysis.IdleFps,
            Cadence = ModelShelf.CadenceOf(analysis),
            Settings = ModelShelf.SettingsOf(detector.Model, analysis),
        };
        if (_pipelines.ContainsKey(options.Name))
        {
            throw new BadInputException($"{options.Name}: this stream is being watched already.");
        }

        var live = new LiveStream(options.Name);
        var ingest = new StreamIngest(live, source, new IngestOptions { Loop = options.Loop }, feed, time, loggers.CreateLogger<StreamIngest>());
        var attachment = engine.Attach(live, detector, detection);
        var annotated = target is null
            ? null
            : AnnotatedStream.Start(live, feed, new AnnotationOptions { Target = target, Information = true }, loggers.CreateLogger<AnnotatedStream>(), time);
        var pipeline = new StreamPipeline(options, live, ingest, attachment, annotated);
        _pipelines[options.Name] = pipeline;
        pipeline.Start();
        return pipeline;
    }
}
