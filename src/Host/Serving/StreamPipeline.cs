using VisionStream.Core.Frames;
using VisionStream.Detector.Engine;
using VisionStream.Host.Configuration;
using VisionStream.Ingest;

namespace VisionStream.Host.Serving;

/// <summary>One stream from its source to its detections: ingest, ring, attachment to the engine. Owns all three.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="live">Its frames.</param>
/// <param name="ingest">What fills them.</param>
/// <param name="attachment">What analyses them.</param>
internal sealed class StreamPipeline(StreamOptions options, LiveStream live, StreamIngest ingest, StreamAttachment attachment) : IAsyncDisposable
{
    /// <summary>What was asked for.</summary>
    public StreamOptions Options { get; } = options;

    /// <summary>Its frames and books.</summary>
    public LiveStream Live { get; } = live;

    /// <summary>Where it comes from, without secrets.</summary>
    public string Source => ingest.Source.Redacted;

    /// <summary>Ends when its source has ended for good, as a file does.</summary>
    public Task Completion => ingest.Completion;

    /// <summary>Starts reading.</summary>
    public void Start() => ingest.Start();

    /// <summary>Stops reading, then detaches, so that the books are closed with every frame accounted for.</summary>
    public async ValueTask DisposeAsync()
    {
        await ingest.DisposeAsync();
        attachment.Dispose();
        Live.Dispose();
    }
}
