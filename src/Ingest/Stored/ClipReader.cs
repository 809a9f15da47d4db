using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Sources;

namespace VisionStream.Ingest.Stored;

/// <summary>Stateless. Reads pictures and clips from end to end, every frame in order, as fast as they are taken.</summary>
public static class ClipReader
{
    /// <summary>
    /// Calls <paramref name="onFrame"/> for each frame, one after the other, on a thread of its own; reading waits for it. The frame
    /// is readable during the call, and its <c>Id</c> counts from 1.
    /// </summary>
    /// <param name="source">A picture (JPEG, PNG, ...) or a clip.</param>
    /// <param name="onFrame">Gets each frame; an exception ends the reading and comes out of the task.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where warnings about damaged frames go.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns><see langword="null"/> at the source's end, else a sentence that says why it could not be read.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<string?> ReadAsync(
        SourceUrl source, Action<VideoFrame> onFrame, TimeProvider time, ILoggerFactory loggers, CancellationToken cancel)
    {
        var feed = new DetectionFeed();
        string? problem = null;
        Exception? fault = null;
        using var gone = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, gone.Token);
        using var live = new LiveStream(StreamName.Parse("clip"), capacity: 3);

        // A source that is away is tried for ever by a stream; here the first answer counts.
        using var states = feed.Subscribe(null, status =>
        {
            if (status.State is StreamState.Error or StreamState.Reconnecting)
            {
                problem ??= status.Reason;
                gone.Cancel();
            }
        });
        using var frames = live.Ring.Watch(frame =>
        {
            if (fault is not null || stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                onFrame(frame);
            }
            catch (Exception e)
            {
                fault = e;
                gone.Cancel();
            }
        });
        await using var ingest = new StreamIngest(
            live, source, new IngestOptions { RealTime = false }, feed, time, loggers.CreateLogger<StreamIngest>());
        ingest.Start();
        try
        {
            await ingest.Completion.WaitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await ingest.StopAsync().ConfigureAwait(false);
        }

        cancel.ThrowIfCancellationRequested();
        return fault is null ? problem : throw new InvalidOperationException($"Analysing {source} failed: {fault.Message}", fault);
    }
}
