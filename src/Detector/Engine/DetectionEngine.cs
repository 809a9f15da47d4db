using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Detector.Models;

namespace VisionStream.Detector.Engine;

/// <summary>
/// Attach and dispose from any thread; analyses happen one after the other on one thread of its own. Serves all streams fairly:
/// of those whose newest frame is due, the one furthest behind goes first.
/// </summary>
/// <remarks>
/// One thread is enough because one inference already uses the cores it is given; a second one beside it would only make both
/// slower. The thread sleeps until a frame arrives or one becomes due.
/// </remarks>
public sealed class DetectionEngine : IAsyncDisposable
{
    private readonly DetectionFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _alarm;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StreamAttachment[] _attached = [];
    private volatile bool _stopping;

    /// <summary>Starts the engine's thread; it has nothing to do yet.</summary>
    /// <param name="feed">Where results go; its subscribers are called on the engine's thread.</param>
    /// <param name="time">The clock of due times and latencies.</param>
    /// <param name="logger">One warning for each episode of failing inference.</param>
    public DetectionEngine(DetectionFeed feed, TimeProvider time, ILogger<DetectionEngine> logger)
    {
        (_feed, _time, _logger) = (feed, time, logger);
        _alarm = time.CreateTimer(static wake => ((AutoResetEvent)wake!).Set(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Run) { Name = "detection", IsBackground = true }.Start();
    }

    /// <summary>Analyses a stream from its next frame on, until the result is disposed.</summary>
    /// <param name="stream">The stream; must not be attached already.</param>
    /// <param name="detector">What analyses it. It stays the caller's, may serve several streams of this engine, and must outlive the attachment.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message says all that is wrong.</exception>
    public StreamAttachment Attach(LiveStream stream, FrameDetector detector, StreamDetectionOptions options)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _feed.Announce(stream.Name, detector.Model.Info, _time.GetUtcNow());
        var attachment = new StreamAttachment(stream, detector, options, _time, () => _wake.Set(), Detach);
        lock (_gate)
        {
            _attached = [.. _attached, attachment];
        }

        _wake.Set();
        return attachment;
    }

    /// <summary>
    /// Has a stream analysed by another detector from its next frame on; its frames, books and numbers go on. When this returns the
    /// former detector is not used for the stream any more.
    /// </summary>
    /// <param name="attachment">The stream, attached to this engine.</param>
    /// <param name="detector">What analyses it; as in <see cref="Attach"/>.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message says all that is wrong, and nothing has changed.</exception>
    public void Switch(StreamAttachment attachment, FrameDetector detector, StreamDetectionOptions options)
    {
        attachment.Use(detector, options);
        _feed.Announce(attachment.Stream, detector.Model.Info, _time.GetUtcNow());
    }

    /// <summary>Detaches all streams, after the analysis under way, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var attachment in _attached)
        {
            attachment.Dispose();
        }

        _stopping = true;
        _wake.Set();
        await _ended.Task.ConfigureAwait(false);
        await _alarm.DisposeAsync().ConfigureAwait(false);
        _wake.Dispose();
    }

    private void Detach(StreamAttachment attachment)
    {
        lock (_gate)
        {
            _attached = [.. _attached.Where(a => a != attachment)];
        }
    }

    private void Run()
    {
        while (!_stopping)
        {
            if (Choose() is { } chosen)
            {
                Analyse(chosen);
            }
            else
            {
                _wake.WaitOne();
            }
        }

        _ended.SetResult();
    }

    /// <summary>The due stream that is furthest behind; when none is due, the alarm is set for the first that will be.</summary>
    private StreamAttachment? Choose()
    {
        var now = _time.GetTimestamp();
        StreamAttachment? chosen = null;
        var (furthest, first) = (long.MaxValue, long.MaxValue);
        foreach (var attachment in _attached)
        {
            if (attachment.Poll(now) is not var (dueAt, nominalDue))
            {
                continue;
            }

            first = Math.Min(first, dueAt);
            if (dueAt <= now && (chosen is null || nominalDue < furthest))
            {
                (chosen, furthest) = (attachment, nominalDue);
            }
        }

        if (chosen is null && first != long.MaxValue)
        {
            // Rounded up to the timer's millisecond, so that the alarm does not ring just before the time.
            var wait = Math.Ceiling(_time.GetElapsedTime(now, first).TotalMilliseconds);
            _alarm.Change(TimeSpan.FromMilliseconds(Math.Max(1, wait)), Timeout.InfiniteTimeSpan);
        }

        return chosen;
    }

    private void Analyse(StreamAttachment attachment)
    {
        // Whoever detaches a stream waits here, so that no result of it comes after that.
        lock (attachment.Gate)
        {
            AnalyseAndPublish(attachment);
        }
    }

    private void AnalyseAndPublish(StreamAttachment attachment)
    {
        FrameDetections? result;
        try
        {
            result = attachment.Analyse();
        }
        catch (Exception e)
        {
            // One bad frame or one broken model must not take the other streams' results away.
            if (!attachment.IsFailing)
            {
                attachment.IsFailing = true;
                Log.InferenceFails(_logger, attachment.Stream, e);
            }

            return;
        }

        if (attachment.IsFailing && result is not null)
        {
            attachment.IsFailing = false;
            Log.InferenceWorksAgain(_logger, attachment.Stream);
        }

        if (result is not null)
        {
            Publish(result);
        }
    }

    private void Publish(FrameDetections result)
    {
        try
        {
            _feed.Publish(result);
        }
        catch (AggregateException e)
        {
            Log.SubscriberFailed(_logger, result.Stream, e);
        }
    }
}
