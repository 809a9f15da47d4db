using VisionStream.Core.Frames;
using VisionStream.Detector.Engine;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;
using VisionStream.Ingest;
using VisionStream.Ingest.Recording;
using VisionStream.Ingest.Sources;
using VisionStream.Restream.Annotate;

namespace VisionStream.Host.Pipelines;

/// <summary>
/// Its properties, <see cref="Readers"/> and <see cref="Ended"/> are safe from any thread; <see cref="Start"/>, <see cref="ChangeAsync"/>
/// and <see cref="DisposeAsync"/> are for one caller at a time, which the directory sees to. One stream from its source to its
/// detections: ingest, ring, attachment to the engine, annotated stream. Owns them all.
/// </summary>
internal sealed class StreamPipeline : IAsyncDisposable
{
    private readonly PipelineRoom _room;
    private readonly StreamIngest _ingest;
    private readonly StreamAttachment _attachment;
    private readonly CancellationTokenSource _ended = new();
    private ModelLease _model;
    private volatile StreamOptions _options;
    private volatile AnnotatedStream? _annotated;

    private StreamPipeline(string id, StreamOrigin origin, StreamOptions options, StreamPlan plan, ModelLease model, PipelineRoom room)
    {
        (Id, Origin, _options, _model, _room) = (id, origin, options, model, room);
        Ended = _ended.Token;
        var detection = DetectionOf(options.Analysis, model.Detectors.Model);
        Live = new LiveStream(options.Name);
        _ingest = new StreamIngest(Live, plan.Source, IngestOf(options), room.Feed, room.Time, room.Loggers.CreateLogger<StreamIngest>());
        _attachment = room.Engine.Attach(Live, model.Detectors, detection);
        _annotated = Annotate(plan);
    }

    /// <summary>A ULID that the stream keeps for its life, over restarts too where it was posted.</summary>
    public string Id { get; }

    /// <summary>Who asked for it.</summary>
    public StreamOrigin Origin { get; }

    /// <summary>What was asked for last.</summary>
    public StreamOptions Options => _options;

    /// <summary>Its frames and books.</summary>
    public LiveStream Live { get; }

    /// <summary>Where it comes from, without secrets.</summary>
    public string Source => _ingest.Source.Redacted;

    /// <summary>The annotated stream, or <see langword="null"/>.</summary>
    public AnnotatedStream? Annotated => _annotated;

    /// <summary>Records what its source sends, when it is told to.</summary>
    public StreamRecorder Recorder => _ingest.Recorder;

    /// <summary>Ends when its source has ended for good, as a file does.</summary>
    public Task Completion => _ingest.Completion;

    /// <summary>Who leases its frames from outside holds this gate meanwhile.</summary>
    public ReaderGate Readers { get; } = new();

    /// <summary>Cancelled when it is about to end.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Makes it; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="id">Its identity.</param>
    /// <param name="origin">Who asked for it.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="plan">The same, checked.</param>
    /// <param name="model">Its model; becomes the pipeline's unless this throws.</param>
    /// <param name="room">What it shares with others.</param>
    /// <exception cref="BadInputException">The model cannot do what is asked for.</exception>
    public static StreamPipeline Create(string id, StreamOrigin origin, StreamOptions options, StreamPlan plan, ModelLease model, PipelineRoom room) =>
        new(id, origin, options, plan, model, room);

    /// <summary>Checks whether a model can do what is asked of it.</summary>
    /// <exception cref="BadInputException">It has no such class, for example.</exception>
    public static StreamDetectionOptions DetectionOf(AnalysisOptions analysis, DetectorModel model) => new()
    {
        Fps = analysis.Fps,
        IdleFps = analysis.IdleFps,
        Cadence = ModelShelf.CadenceOf(analysis),
        Settings = ModelShelf.SettingsOf(model, analysis),
    };

    /// <summary>Starts reading.</summary>
    public void Start() => _ingest.Start();

    /// <summary>Opens its source at once if it is waiting to be opened again. Safe from any thread.</summary>
    public void TryNow() => _ingest.TryNow();

    /// <summary>
    /// Changes how it is analysed and what becomes of its annotated video, from the next frame on; reading goes on undisturbed.
    /// When this throws nothing has changed.
    /// </summary>
    /// <param name="options">All of it, with the name and source that it has.</param>
    /// <param name="plan">The same, checked.</param>
    /// <param name="model">The model it is to use; becomes the pipeline's unless this throws, and may be the same as before.</param>
    /// <exception cref="BadInputException">The model cannot do what is asked for.</exception>
    public async Task ChangeAsync(StreamOptions options, StreamPlan plan, ModelLease model)
    {
        var detection = DetectionOf(options.Analysis, model.Detectors.Model);
        await OffThePool.RunAsync(() =>
        {
            // Waits for an analysis under way.
            if (model.Detectors == _model.Detectors)
            {
                _attachment.Options = detection;
            }
            else
            {
                _room.Engine.Switch(_attachment, model.Detectors, detection);
            }
        });
        _model.Dispose();
        _model = model;
        var before = _options;
        _options = options;
        if ((options.Annotate, options.AnnotateTo, options.Audio, options.Video) != (before.Annotate, before.AnnotateTo, before.Audio, before.Video))
        {
            if (_annotated is { } former)
            {
                await former.DisposeAsync();
            }

            _annotated = Annotate(plan);
        }
    }

    /// <summary>Stops reading, then detaches, so that the books are closed with every frame accounted for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_ingest.DisposeAsync().AsTask(), _annotated?.DisposeAsync().AsTask() ?? Task.CompletedTask);
        await OffThePool.RunAsync(_attachment.Dispose);
        _model.Dispose();
        await Readers.CloseAsync();
        Live.Dispose();
        _ended.Dispose();
    }

    // MediaMTX is near and answers at once while nobody publishes; whoever comes back is to be seen soon.
    private static IngestOptions IngestOf(StreamOptions options)
    {
        var ingest = new IngestOptions { Loop = options.Loop };
        return options.Url is null ? ingest with { LongestDelay = TimeSpan.FromSeconds(2) } : ingest;
    }

    private AnnotatedStream? Annotate(StreamPlan plan) => plan.Annotation is { } annotation
        ? AnnotatedStream.Start(Live, _room.Feed, annotation, _room.Loggers.CreateLogger<AnnotatedStream>(), _room.Time)
        : null;
}
