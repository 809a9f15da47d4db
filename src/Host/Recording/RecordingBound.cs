using VisionStream.Host.Pipelines;
using VisionStream.Ingest.Recording;

namespace VisionStream.Host.Recording;

/// <summary>
/// Runs by itself while the service does. Keeps the files of recordings that are written here within a number of bytes, all streams
/// together: the oldest go first, and never one that is being written. Looks every <see cref="Interval"/>, so that for so long they
/// may be more by what is recorded meanwhile.
/// </summary>
/// <param name="shelf">Where the files lie.</param>
/// <param name="pipelines">Knows which ones are being written.</param>
/// <param name="most">Bytes at most; above zero.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it is told of.</param>
internal sealed class RecordingBound(RecordingShelf shelf, PipelineDirectory pipelines, long most, TimeProvider time, ILogger<RecordingBound> log) : BackgroundService
{
    /// <summary>How often it looks: at 8 Mbit/s a stream has written 10 MB meanwhile.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private bool _isTold;

    /// <summary>Looks once. To be called by one thread at a time.</summary>
    public void Trim()
    {
        var running = pipelines.All.Select(p => p.Recorder.Status)
            .Where(s => s.State is RecordingState.Waiting or RecordingState.Recording)
            .Select(s => s.File).OfType<string>().ToHashSet(StringComparer.Ordinal);
        try
        {
            var deleted = shelf.Trim(most, running);
            if (deleted > 0)
            {
                Log.RecordingsTrimmed(log, deleted, most);
            }

            _isTold = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isTold)
            {
                Log.RecordingsNotTrimmed(log, most, e.Message);
            }

            _isTold = true;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                // Waits for the disk, which a pool thread should not.
                await OffThePool.RunAsync(Trim);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
    }
}
