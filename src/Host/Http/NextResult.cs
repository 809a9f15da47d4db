using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Host.Http;

/// <summary>Safe from any thread. Waits for a stream's next result from its making on; disposed, it listens no more.</summary>
internal sealed class NextResult : IDisposable
{
    private readonly TaskCompletionSource<FrameDetections> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _subscription;

    public NextResult(DetectionFeed feed, StreamName stream) => _subscription = feed.Subscribe(result =>
    {
        if (result.Stream == stream)
        {
            _result.TrySetResult(result);
        }
    });

    /// <summary>The result, once it is there.</summary>
    public Task<FrameDetections> Result => _result.Task;

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();
}
