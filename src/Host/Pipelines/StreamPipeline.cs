using VisionStream.Core.Frames;
using VisionStream.Detector.Engine;
using VisionStream.Host.Configuration;
using VisionStream.Ingest;
using VisionStream.Restream.Annotate;

namespace VisionStream.Host.Pipelines;

/// <summary>One stream from its source to its detections: ingest, ring, attachment to the engine, annotated stream. Owns them all.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="live">Its frames.</param>
/// <param name="ingest">What fills them.</param>
/// <param name="attachment">What analyses them.</param>
/// <param name="annotated">What sends them on with their boxes; <see langword="null"/> for nothing.</param>
internal sealed class StreamPipeline(
    StreamOptions options, LiveStream live, StreamIngest ingest, StreamAttachment attachment, AnnotatedStream? annotated) : IAsyncDisposable
{
    /// <summary>What was asked for.</summary>
    public StreamOptions Options { get; } = options;

    /// <summary>Its frames and books.</summary>
    public LiveStream Live { get; } = live;

    /// <summary>Where it comes from, without secrets.</summary>
    public string Source => ingest.Source.Redacted;

    /// <summary>The annotated stream, or <see langword="null"/>.</summary>
    public AnnotatedStream? Annotated => annotated;

    /// <summary>Ends when its source has ended for good, as a file does.</summary>
    public Task Completion => ingest.Completion;

    /// <summary>Starts reading.</summary>
    public void Start() => ingest.Start();

    /// <summary>Stops reading, then detaches, so that the books are closed with every frame accounted for.</summary>
    public async ValueTask DisposeAsync()
    {
        await ingest.DisposeAsync();
        if (annotated is not null)
        {
            await annotated.DisposeAsync();
        }

        attachment.Dispose();
        Live.Dispose();
    }
}
