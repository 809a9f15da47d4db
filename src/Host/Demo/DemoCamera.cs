using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Host.Demo;

/// <summary>
/// Runs on the pool from <see cref="Start"/> to <see cref="DisposeAsync"/>. The demo's camera: renders the scene, codes it as H.264 and
/// publishes it, as a camera or a pair of glasses would. Whoever reads the stream cannot tell the difference.
/// </summary>
internal sealed class DemoCamera : IAsyncDisposable
{
    /// <summary>Frames a second: between what glasses send (15) and what phones send (30).</summary>
    public const int FrameRate = 20;

    private readonly LiveStream _live = new(StreamName.Parse("demo/camera"), capacity: FrameRate);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly AnnotatedStream _publisher;
    private readonly Task _rendering;

    private DemoCamera(TargetUrl target, ILogger logger, TimeProvider time)
    {
        _time = time;

        // The listener and the camera start together, so the first attempts may come too early.
        var reconnect = new ReconnectPattern { First = TimeSpan.FromSeconds(0.2), Longest = TimeSpan.FromSeconds(2) };
        var options = new AnnotationOptions
        {
            Target = target,
            Boxes = false,
            Reconnect = reconnect,
            Audio = AudioMode.None,
            Video = new VideoEncoding { FrameRate = FrameRate, BitRate = 1_500_000 },
        };
        _publisher = AnnotatedStream.Start(_live, new DetectionFeed(), options, logger, time);
        _rendering = RenderAsync();
    }

    /// <summary>How the publishing goes.</summary>
    public RestreamStatus Status => _publisher.Status;

    /// <summary>Starts rendering and publishing.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="logger">Hears of a target that comes and goes.</param>
    /// <param name="time">The clock.</param>
    public static DemoCamera Start(TargetUrl target, ILogger logger, TimeProvider time) => new(target, logger, time);

    /// <summary>Stops, with a goodbye to the target.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _rendering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _publisher.DisposeAsync();
        _live.Dispose();
        _stop.Dispose();
    }

    private async Task RenderAsync()
    {
        await Task.Yield();
        var scene = new DemoScene();
        var session = StreamSession.Start(_time);
        var start = _time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / FrameRate), _time);
        do
        {
            var elapsed = _time.GetElapsedTime(start);
            if (_live.Ring.TryBeginWrite(DemoScene.Format, out var slot))
            {
                scene.Paint(slot, elapsed.TotalSeconds);
                var now = _time.GetTimestamp();
                _live.Ring.Publish(slot, new FrameInfo(session, new MediaTime((long)elapsed.TotalMicroseconds, 1, 1_000_000), _time.GetUtcNow(), ClockSource.Arrival, now, now, IsKey: true));
            }
        }
        while (await timer.WaitForNextTickAsync(_stop.Token));
    }
}
