using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.LibAv;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Annotate;

/// <summary>
/// Runs on a thread of its own from <see cref="Start"/> to <see cref="DisposeAsync"/>; its members may be called from any. Publishes
/// a stream with its detections drawn on it: every frame at the source's own times, a dimmed last picture while the source is away.
/// It only ever reads the ring, so that neither a slow nor a dead target is felt anywhere else.
/// </summary>
/// <remarks>
/// <code>
///   ring --lease--> copy or scale --> boxes, line --> H.264 --> RTSP, RTMP, SRT
///   feed --newest result--^                 ring of sound --as it is or as Opus--^
/// </code>
/// </remarks>
public sealed class AnnotatedStream : IAsyncDisposable
{
    // Where a codec's header comes with the first packet of sound, that is a few pictures later.
    private static readonly TimeSpan SoundPatience = TimeSpan.FromSeconds(1);

    // A source that is opened again to ask for its sound: as long as opening one may take.
    private static readonly TimeSpan AskingPatience = TimeSpan.FromSeconds(10);

    private readonly LiveStream _stream;
    private readonly AnnotationOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WakeSignal _signal;
    private readonly AnnotationPump _pump;
    private readonly SoundPump? _sound;
    private readonly IDisposable[] _registrations;
    private volatile RestreamState _state = RestreamState.Waiting;
    private string _lastError = "";
    private long _connections;
    private int _disposed;

    private AnnotatedStream(LiveStream stream, DetectionFeed feed, AnnotationOptions options, ILogger logger, TimeProvider time)
    {
        (_stream, _options, _logger, _time) = (stream, options, logger, time);
        _signal = new WakeSignal(time);
        _pump = new AnnotationPump(stream, options, _signal, logger, time);
        _sound = options.Audio == AudioMode.None ? null : new SoundPump(stream, options, logger);
        _registrations =
        [
            _stop.Token.Register(_signal.Set),
            stream.Ring.Follow(),
            stream.Ring.Watch(_ => _signal.Set()),
            feed.Subscribe(OnDetections, OnStatus),
            .. _sound is null ? Array.Empty<IDisposable>() : [stream.Audio.Want()],
        ];
    }

    /// <summary>The options it was started with.</summary>
    public AnnotationOptions Options => _options;

    /// <summary>What it is doing.</summary>
    public RestreamStatus Status
    {
        get
        {
            var state = _state;
            return new RestreamStatus(
                state == RestreamState.Live && _pump.ShowsNoSignal ? RestreamState.NoSignal : state,
                _pump.Sent,
                _pump.Source.Skipped,
                _pump.Thinned,
                _pump.Stills,
                _sound?.Sent ?? 0,
                Interlocked.Read(ref _connections),
                Volatile.Read(ref _lastError));
        }
    }

    /// <summary>Ends when it has been disposed, or when the target was given up.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Starts publishing.</summary>
    /// <param name="stream">The stream, which has to outlive it.</param>
    /// <param name="feed">Where the stream's results and states come from.</param>
    /// <param name="options">How and where to.</param>
    /// <param name="logger">Hears of targets and sources that come and go.</param>
    /// <param name="time">The clock (default: the system's).</param>
    /// <exception cref="ArgumentException">The options are not valid; the message holds every reason.</exception>
    public static AnnotatedStream Start(
        LiveStream stream, DetectionFeed feed, AnnotationOptions options, ILogger logger, TimeProvider? time = null)
    {
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        var annotated = new AnnotatedStream(stream, feed, options, logger, time ?? TimeProvider.System);
        new Thread(annotated.Run) { IsBackground = true, Name = $"restream {stream.Name}" }.Start();
        return annotated;
    }

    /// <summary>How long the newest frames took to the target's connection, oldest first; empty before the first one.</summary>
    /// <param name="most">How many at most; the newest 1,024 are remembered.</param>
    public IReadOnlyList<FrameDelay> NewestDelays(int most) => _pump.NewestDelays(most);

    /// <summary>Makes the next picture a key frame, for a viewer who has just come.</summary>
    public void RequestKeyFrame() => _pump.RequestKeyFrame();

    /// <summary>Stops publishing, says goodbye to the target and waits for the thread, at most about the target's time-out.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await _ended.Task.ConfigureAwait(false);
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _ended.Task.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void OnDetections(FrameDetections detections)
    {
        if (detections.Stream == _stream.Name)
        {
            _pump.Observe(detections);
        }
    }

    private void OnStatus(StreamStatus status)
    {
        if (status.Stream == _stream.Name)
        {
            _pump.Observe(status);
        }
    }

    private void Run()
    {
        try
        {
            Publish(_stop.Token);
        }
        finally
        {
            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }

            _sound?.Dispose();
            _signal.Dispose();
            _state = RestreamState.Stopped;
            _ended.SetResult();
        }
    }

    private void Publish(CancellationToken cancellationToken)
    {
        for (var attempt = 1; WaitForSource(out var source, cancellationToken);)
        {
            var connectionsBefore = _connections;
            string reason;
            try
            {
                RunSession(source, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (LibAvException e)
            {
                reason = e.Message;
            }
            catch (Exception e)
            {
                // A defect must not take the service down; the stream goes on with a fresh session.
                Log.Unforeseen(_logger, _stream.Name.Value, e);
                reason = e.Message;
            }

            // One that was reached and lost starts counting anew.
            attempt = _connections > connectionsBefore ? 1 : attempt;
            if (!PauseAfter(attempt, reason, cancellationToken))
            {
                return;
            }

            attempt++;
        }
    }

    /// <summary>Waits for the first frame, which settles the size of the output. False when it is to stop.</summary>
    private bool WaitForSource(out FrameFormat format, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_pump.Source.TryNewest(out var lease))
            {
                using (lease)
                {
                    format = lease.Frame.Format;
                    return true;
                }
            }

            _signal.Wait(Timeout.InfiniteTimeSpan);
        }

        format = default;
        return false;
    }

    private void RunSession(in FrameFormat source, CancellationToken cancellationToken)
    {
        _state = RestreamState.Connecting;
        var (width, height) = _options.Video.SizeFor(source.Width, source.Height);
        var layout = source.Layout == PixelLayout.Nv12 ? PixelLayout.Nv12 : PixelLayout.I420;
        var output = source with { Width = width, Height = height, Layout = layout };
        WaitForSound(cancellationToken);
        var track = _sound?.Begin();
        using var target = TargetSession.Open(_options.Target, _options.Video, output, track, _options.TargetTimeout, _logger, cancellationToken);
        Interlocked.Increment(ref _connections);
        Log.TargetReached(
            _logger, _stream.Name.Value, width, height, target.EncoderName, _options.Video.BitRateFor(width, height), _options.Target.Redacted);
        _state = RestreamState.Live;
        using var painter = new StreamPainter(_stream.Name, _options, output, _time);
        _pump.Run(target, painter, track is null ? null : _sound, cancellationToken);
    }

    /// <summary>Waits until the source's sound is asked for and described, which it has to be before the target's header is written.</summary>
    private void WaitForSound(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var patience = _stream.Audio.IsUnasked ? AskingPatience : SoundPatience;
        while (_sound is not null && (_stream.Audio.IsUnasked || _stream.Audio.IsExpected) && !cancellationToken.IsCancellationRequested
            && patience - _time.GetElapsedTime(start) is { } left && left > TimeSpan.Zero)
        {
            // Every frame ends the wait, so that a source that is paced by its pictures is looked at often enough.
            _signal.Wait(left);
        }
    }

    private bool PauseAfter(int attempt, string reason, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lastError, reason);
        var target = _options.Target.Redacted;
        if (_options.Reconnect.Before(attempt) is not { } pause)
        {
            Log.TargetGivenUp(_logger, _stream.Name.Value, target, attempt - 1, reason);
            return false;
        }

        _state = RestreamState.Retrying;
        Log.TargetAway(_logger, _stream.Name.Value, target, reason, pause.TotalSeconds);
        _signal.Pause(pause, _time, cancellationToken);
        return true;
    }
}
