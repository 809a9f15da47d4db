using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Annotate;

/// <summary>
/// One thread pumps; results, states and wishes for key frames may come from any. Takes the frames of one stream to one open target,
/// for as long as the target lasts, and keeps the time line going from one target session to the next.
/// </summary>
internal sealed class AnnotationPump
{
    // A source that reports itself away is believed sooner than mere silence is, but a quick reconnect shall not flash.
    private static readonly TimeSpan ReportedAway = TimeSpan.FromSeconds(0.5);

    private readonly LiveStream _stream;
    private readonly AnnotationOptions _options;
    private readonly WakeSignal _signal;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly OutputTimeline _timeline;
    private readonly FrameRateLimit? _limit;
    private readonly SkippingEpisode _skipping;
    private readonly DelayMeter _delays;
    private FrameDetections? _newest;
    private int _sourceIsAway;
    private int _keyFrameWanted;
    private long _sent;
    private long _thinned;
    private long _stills;
    private DateTimeOffset _awaySince;
    private long _lastStillAt;

    public AnnotationPump(LiveStream stream, AnnotationOptions options, WakeSignal signal, ILogger logger, TimeProvider time)
    {
        _stream = stream;
        _options = options;
        _signal = signal;
        _logger = logger;
        _time = time;
        _timeline = new OutputTimeline(time);
        _skipping = new SkippingEpisode(time);
        _delays = new DelayMeter(time);
        _limit = options.Video.FrameRate is { } rate ? new FrameRateLimit(rate, OutputTimeline.Rate) : null;
        Source = new FrameSource(stream.Ring, time);
    }

    /// <summary>The stream's frames.</summary>
    public FrameSource Source { get; }

    /// <summary>Frames that went out.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Frames left out to keep to the frame rate.</summary>
    public long Thinned => Interlocked.Read(ref _thinned);

    /// <summary>Pictures sent while the source was away.</summary>
    public long Stills => Interlocked.Read(ref _stills);

    /// <summary>Whether the source is away as far as viewers are concerned.</summary>
    public bool ShowsNoSignal { get; private set; }

    private TimeSpan StillInterval => TimeSpan.FromSeconds(1 / _options.StillRate);

    /// <summary>How long the newest frames took to the target's connection, oldest first; any thread.</summary>
    public FrameDelay[] NewestDelays(int most) => _delays.Newest(most);

    /// <summary>Takes a result; any thread.</summary>
    public void Observe(FrameDetections result) => Volatile.Write(ref _newest, result);

    /// <summary>Takes a change of the source's state; any thread.</summary>
    public void Observe(StreamStatus status)
    {
        var isAway = status.State is StreamState.Offline or StreamState.Reconnecting or StreamState.Error;
        Volatile.Write(ref _sourceIsAway, isAway ? 1 : 0);
        _signal.Set();
    }

    /// <summary>Makes the next picture a key frame; any thread.</summary>
    public void RequestKeyFrame() => Volatile.Write(ref _keyFrameWanted, 1);

    /// <summary>Takes pictures and sound to the target until it fails or the token is cancelled.</summary>
    /// <exception cref="LibAv.LibAvException">The target failed.</exception>
    public void Run(TargetSession target, StreamPainter painter, SoundPump? sound, CancellationToken cancellationToken)
    {
        ShowsNoSignal = false;
        target.PacketReady = _delays.HandedOver;

        // What was missed while there was no target is no news.
        _skipping.Rebase();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Source.TryNext(out var lease))
            {
                // A write may block for long, and the ring wants its frame back.
                long? pts;
                using (lease)
                {
                    pts = Paint(target, painter, lease.Frame);
                }

                SendFrame(target, pts);
                sound?.Send(target, _timeline);
                continue;
            }

            sound?.Send(target, _timeline);
            var wait = UntilStill();
            if (wait > TimeSpan.Zero)
            {
                _signal.Wait(wait);
            }
            else
            {
                SendStill(target, painter);
            }
        }
    }

    /// <summary>Fills the target's picture and gives its time; <see langword="null"/> for a frame that is left out.</summary>
    private long? Paint(TargetSession target, StreamPainter painter, VideoFrame frame)
    {
        if (ShowsNoSignal)
        {
            ShowsNoSignal = false;
            Log.SourceBack(_logger, _stream.Name.Value, (_time.GetUtcNow() - _awaySince).TotalSeconds);
            RequestKeyFrame();
        }

        if (_skipping.Begins(Source.Skipped))
        {
            Log.SkippingFrames(_logger, _stream.Name.Value);
        }

        var pts = _timeline.Map(frame.Info.Session, frame.Info.Pts);
        if (_limit?.Admit(pts) == false)
        {
            Interlocked.Increment(ref _thinned);
            return null;
        }

        painter.Observe(Volatile.Read(ref _newest));
        painter.Paint(frame, target.Picture());
        _delays.Entered(pts, frame.Info.ArrivedAt, frame.Info.DecodedAt);
        return pts;
    }

    private void SendFrame(TargetSession target, long? pts)
    {
        if (pts is { } due)
        {
            target.SendPicture(due, TakeKeyFrameWish());
            Interlocked.Increment(ref _sent);
        }
    }

    private void SendStill(TargetSession target, StreamPainter painter)
    {
        if (!ShowsNoSignal)
        {
            if (!Source.TryNewest(out var lease))
            {
                // The ring is gone or all of it is leased: nothing to show this time.
                _signal.Wait(StillInterval);
                return;
            }

            using (lease)
            {
                painter.PaintStill(lease.Frame, target.Picture(), Source.LastAt);
            }

            ShowsNoSignal = true;
            _awaySince = Source.LastAt;
            Log.SourceAway(_logger, _stream.Name.Value, Source.Silence.TotalSeconds);
        }

        // The picture stays as it is; only its time goes on.
        target.SendPicture(_timeline.MapStill(), TakeKeyFrameWish());
        _lastStillAt = _time.GetTimestamp();
        Interlocked.Increment(ref _stills);
    }

    private TimeSpan UntilStill()
    {
        if (ShowsNoSignal)
        {
            return StillInterval - _time.GetElapsedTime(_lastStillAt);
        }

        var patience = Volatile.Read(ref _sourceIsAway) != 0 && ReportedAway < _options.SignalTimeout ? ReportedAway : _options.SignalTimeout;
        return patience - Source.Silence;
    }

    private bool TakeKeyFrameWish() => Interlocked.Exchange(ref _keyFrameWanted, 0) != 0;
}
