using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Ingest.Decoding;
using VisionStream.Ingest.Recording;
using VisionStream.Ingest.Retries;
using VisionStream.Ingest.Sound;
using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Status;

namespace VisionStream.Ingest;

/// <summary>
/// <see cref="Start"/>, <see cref="TryNow"/>, <see cref="StopAsync"/> and <see cref="DisposeAsync"/> are safe from any thread; all the rest happens on one
/// thread of its own, which blocks in libav and waits for nobody else. Reads one source for ever: decoded frames go into the
/// stream's ring, changes of state into the feed.
/// </summary>
/// <remarks>
/// <code>
///   open -> read -> decode -> ring                        Visit
///     |       |
///     |       +-- file over, looping          -> open again, same session
///     |       +-- file over                   -> offline, done
///     |       +-- publisher of a listener left -> open again at once, or after the first delay
///     |       +-- sound wanted, not asked for -> reconnecting, open again at once
///     +-------+-- away, silent, 404...        -> reconnecting, backoff, open again
///     +-------+-- no such file, bad graph     -> error, done
///     +---------- codec or format not known   -> error, longest delay, open again
/// </code>
/// </remarks>
public sealed class StreamIngest : IAsyncDisposable
{
    private readonly LiveStream _stream;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StatusBoard _status;
    private readonly Pause _pause;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;
    private int _disposed;

    /// <summary>Prepares to read a source; nothing is opened yet.</summary>
    /// <param name="stream">Where frames go; its one writer is this object.</param>
    /// <param name="source">What to read.</param>
    /// <param name="options">How; has to be valid.</param>
    /// <param name="feed">Who is told of changes of state.</param>
    /// <param name="time">The clock of all times and waits.</param>
    /// <param name="logger">One line an episode.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message says all that is wrong.</exception>
    public StreamIngest(LiveStream stream, SourceUrl source, IngestOptions options, DetectionFeed feed, TimeProvider time, ILogger<StreamIngest> logger)
    {
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        (_stream, Source, _options, _time, _logger) = (stream, source, options, time, logger);
        _status = new StatusBoard(stream.Name, feed, time, logger);
        _pause = new Pause(time);
        Recorder = new StreamRecorder(stream.Name, time, logger);
    }

    /// <summary>What is read.</summary>
    public SourceUrl Source { get; }

    /// <summary>Records what the source sends, when it is told to; stopped with the ingest.</summary>
    public StreamRecorder Recorder { get; }

    /// <summary>Ends when the source is done with for good (a file that ended, an error that nothing mends) or was stopped.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts reading; later calls do nothing.</summary>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            new Thread(Run) { Name = $"ingest {_stream.Name}", IsBackground = true }.Start();
        }
    }

    /// <summary>
    /// Opens the source at once when it is waiting to be opened again, or about to: somebody knows that it is back. While it is being
    /// read this does nothing.
    /// </summary>
    public void TryNow() => _pause.Wake();

    /// <summary>Ends reading, also in the middle of a blocked read, and waits for the thread.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _ = _completion.TrySetResult();
        }

        if (!_completion.Task.IsCompleted)
        {
            _pause.Stop();
            await _stopping.CancelAsync().ConfigureAwait(false);
        }

        await _completion.Task.ConfigureAwait(false);
    }

    /// <summary>Stops; the stream stays the caller's.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await StopAsync().ConfigureAwait(false);
            await Recorder.StopAsync().ConfigureAwait(false);
            _pause.Dispose();
            _stopping.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            using var entrance = new FrameEntrance(_stream, _status, _time, _logger);
            var sound = new SoundTap(_stream, _logger);
            var backoff = new Backoff(_options.FirstDelay, _options.LongestDelay);
            _status.Opening(Source.Redacted, Source.IsListening);
            while (VisitOnce(entrance, sound, backoff))
            {
                _stream.Ledger.CountReconnect();
            }
        }
        finally
        {
            _ = _completion.TrySetResult();
        }
    }

    /// <summary>Opens the source once and reads it to its end. True when it is to be opened again, after the wait that is due.</summary>
    private bool VisitOnce(FrameEntrance entrance, SoundTap sound, Backoff backoff)
    {
        var openedAt = _time.GetTimestamp();
        var end = Guarded(entrance, sound, backoff);
        if (_pause.IsStopped)
        {
            end = new VisitEnd(VisitOutcome.Stopped, "Stopped.");
        }

        switch (end.Outcome)
        {
            case VisitOutcome.Lost:
                _status.Lost(end.Reason);
                return WaitOrStop(backoff.Next(), backoff);
            case VisitOutcome.PublisherLeft:
                _status.Lost(end.Reason);

                // The port must be open for the next caller; but where opening it ends at once, for an address that is none of this
                // machine's for one, there was no caller.
                return WaitOrStop(_time.GetElapsedTime(openedAt) < _options.FirstDelay ? _options.FirstDelay : TimeSpan.Zero, backoff);
            case VisitOutcome.SoundWanted:
                _status.OpenedAgain(end.Reason);
                return WaitOrStop(TimeSpan.Zero, backoff);
            case VisitOutcome.Unusable:
                _status.Unusable(end.Reason);
                return WaitOrStop(_options.LongestDelay, backoff);
            case VisitOutcome.Hopeless:
                _status.Unusable(end.Reason);
                return false;
            default:
                _status.Ended(end.Reason);
                return false;
        }
    }

    private VisitEnd Guarded(FrameEntrance entrance, SoundTap sound, Backoff backoff)
    {
        try
        {
            using var visit = new Visit(_stream.Name, Source, _options, entrance, sound, _status, Recorder, _pause, _time, _logger);
            var end = visit.Run(_stopping.Token);
            if (visit.GaveFrames)
            {
                backoff.Reset();
                _pause.ForgetWake();
            }

            return end;
        }
        catch (LibAv.LibAvException e)
        {
            // Without usable libraries not even a packet can be made.
            return Diagnosis.Of(e, Source);
        }
        catch (Exception e)
        {
            // A mistake of ours, or a watcher of the ring that threw. One stream's trouble must not take the service down.
            Log.Failed(_logger, _stream.Name, e);
            return new VisitEnd(VisitOutcome.Unusable, "Reading failed unexpectedly; the log has the details.");
        }
    }

    private bool WaitOrStop(TimeSpan delay, Backoff backoff)
    {
        if (_pause.WaitOrWake(delay, out var isWoken))
        {
            if (isWoken)
            {
                // What was known of its absence counts no more.
                backoff.Reset();
            }

            return true;
        }

        _status.Ended("Stopped.");
        return false;
    }
}
