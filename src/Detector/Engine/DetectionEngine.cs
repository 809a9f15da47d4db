using System.Globalization;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Detector.Models;

namespace VisionStream.Detector.Engine;

/// <summary>
/// Attach and dispose from any thread; analyses happen on threads of its own, those of one stream one after the other. Serves all
/// streams fairly: of those whose newest frame is due, the one furthest behind goes first.
/// </summary>
/// <remarks>
/// There are as many threads as streams, up to <see cref="WorkersFor"/>: a single stream's inference has all cores that it is given,
/// and frames of several streams that are due together are analysed side by side, because two inferences at once use two cores
/// better than two threads use them within one: with yolo11n-320 (dynamic uint8) 38 a second instead of 25, with yolov8n-640-int8-qdq
/// 12.8 instead of 9.4. The threads sleep until a frame arrives or one becomes due.
/// </remarks>
public sealed class DetectionEngine : IAsyncDisposable
{
    private readonly DetectionFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _mostWorkers;
    private readonly Lock _gate = new();
    private readonly Lock _choosing = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _alarm;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StreamAttachment[] _attached = [];
    private volatile int _workers;
    private volatile bool _stopping;

    /// <summary>Makes an engine; it has nothing to do yet.</summary>
    /// <param name="feed">Where results go; its subscribers are called on the engine's threads.</param>
    /// <param name="time">The clock of due times and latencies.</param>
    /// <param name="logger">One warning for each episode of failing inference.</param>
    /// <param name="workers">Analyses at the same time at most (default: 0, which chooses by cores, see <see cref="WorkersFor"/>).</param>
    public DetectionEngine(DetectionFeed feed, TimeProvider time, ILogger<DetectionEngine> logger, int workers = 0)
    {
        (_feed, _time, _logger) = (feed, time, logger);
        _mostWorkers = workers > 0 ? workers : WorkersFor(Environment.ProcessorCount);
        _alarm = time.CreateTimer(static wake => ((AutoResetEvent)wake!).Set(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Analyses at the same time: one for each core, at most 8, each of which has memory for its tensors.</summary>
    public static int WorkersFor(int cores) => Math.Clamp(cores, 1, 8);

    /// <summary>Analyses a stream from its next frame on, until the result is disposed.</summary>
    /// <param name="stream">The stream; must not be attached already.</param>
    /// <param name="detectors">What analyses it. They stay the caller's, may serve several streams, and must outlive the attachment.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message says all that is wrong.</exception>
    public StreamAttachment Attach(LiveStream stream, DetectorPool detectors, StreamDetectionOptions options)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _feed.Announce(stream.Name, detectors.Model.Info, _time.GetUtcNow());
        var attachment = new StreamAttachment(stream, detectors, options, _time, () => _wake.Set(), Detach);
        lock (_gate)
        {
            _attached = [.. _attached, attachment];
            if (!_stopping && _workers < Math.Min(_attached.Length, _mostWorkers))
            {
                var number = Interlocked.Increment(ref _workers);
                new Thread(Run) { Name = string.Create(CultureInfo.InvariantCulture, $"detection {number}"), IsBackground = true }.Start();
            }
        }

        _wake.Set();
        return attachment;
    }

    /// <summary>
    /// Has a stream analysed by another detector from its next frame on; its frames, books and numbers go on. When this returns the
    /// former detector is not used for the stream any more.
    /// </summary>
    /// <param name="attachment">The stream, attached to this engine.</param>
    /// <param name="detectors">What analyses it; as in <see cref="Attach"/>.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message says all that is wrong, and nothing has changed.</exception>
    public void Switch(StreamAttachment attachment, DetectorPool detectors, StreamDetectionOptions options)
    {
        attachment.Use(detectors, options);
        _feed.Announce(attachment.Stream, detectors.Model.Info, _time.GetUtcNow());
    }

    /// <summary>Detaches all streams, after the analyses under way, and ends the threads.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var attachment in _attached)
        {
            attachment.Dispose();
        }

        lock (_gate)
        {
            _stopping = true;
            if (_workers == 0)
            {
                _ended.TrySetResult();
            }
        }

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
                chosen.IsTaken = false;
            }
            else
            {
                _wake.WaitOne();
            }
        }

        // One call wakes one thread, and each the next.
        _wake.Set();
        if (Interlocked.Decrement(ref _workers) == 0)
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>
    /// The due stream that is furthest behind and that no other thread has; whoever is idle is woken for the next one, now or when it
    /// becomes due. The caller sets <see cref="StreamAttachment.IsTaken"/> back.
    /// </summary>
    private StreamAttachment? Choose()
    {
        lock (_choosing)
        {
            var now = _time.GetTimestamp();
            StreamAttachment? chosen = null;
            var (furthest, next, due) = (long.MaxValue, long.MaxValue, 0);
            foreach (var attachment in _attached)
            {
                // What is being analysed has its next turn when that thread comes back here.
                if (attachment.IsTaken || attachment.Poll(now) is not var (dueAt, nominalDue))
                {
                    continue;
                }

                if (dueAt > now)
                {
                    next = Math.Min(next, dueAt);
                    continue;
                }

                due++;
                if (chosen is null || nominalDue < furthest)
                {
                    (chosen, furthest) = (attachment, nominalDue);
                }
            }

            if (chosen is not null)
            {
                chosen.IsTaken = true;
            }

            if (chosen is null || _workers > 1)
            {
                WakeOthers(due, now, next);
            }

            return chosen;
        }
    }

    private void WakeOthers(int due, long now, long next)
    {
        if (due > 1)
        {
            _wake.Set();
        }
        else if (next != long.MaxValue)
        {
            // Rounded up to the timer's millisecond, so that the alarm does not ring just before the time.
            var wait = Math.Ceiling(_time.GetElapsedTime(now, next).TotalMilliseconds);
            _alarm.Change(TimeSpan.FromMilliseconds(Math.Max(1, wait)), Timeout.InfiniteTimeSpan);
        }
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
