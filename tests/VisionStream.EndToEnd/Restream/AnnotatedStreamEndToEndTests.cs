using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.EndToEnd.Peers;
using VisionStream.LibAv;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

public sealed class AnnotatedStreamEndToEndTests : IAsyncDisposable
{
    private readonly LiveGrey _live = new();

    [Fact]
    public async Task A_viewer_over_RTMP_sees_every_frame_at_its_time_with_the_box_in_its_place()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var annotated = Start(server.Url("grey-annotated"));
        await SentAsync(annotated, 10);

        AssertFramesAndBoxes(RecordedPicture.ReadAll(server.Url("grey-annotated"), 60), annotated);

        var stream = Assert.Single(await Ffprobe.StreamsAsync(server.Url("grey-annotated")));
        Assert.Equal(("h264", 640, 360, false), (stream.Codec, stream.Width, stream.Height, stream.HasBFrames));
    }

    [Fact]
    public async Task A_viewer_over_RTSP_sees_every_frame_at_its_time_with_the_box_in_its_place()
    {
        await using var server = await GstRtspServer.StartAsync();
        await using var annotated = Start(server.Url("/live/grey-annotated"));
        await server.PublishedAsync("/live/grey-annotated");
        await SentAsync(annotated, 10);

        var options = new DemuxerOptions { Options = MediaOptions.None.With("rtsp_transport", "tcp") };
        AssertFramesAndBoxes(RecordedPicture.ReadAll(server.Url("/live/grey-annotated"), 60, options), annotated);
    }

    [Fact]
    public async Task VLC_stays_connected_while_the_source_is_away_and_sees_it_come_back()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var annotated = Start(server.Url("grey-annotated"));
        await SentAsync(annotated, 10);
        await using var vlc = VlcViewer.Start(server.Url("grey-annotated"));
        await vlc.SeesAsync(100, 125);

        _live.GoAway();
        await Until.TrueAsync(() => annotated.Status.State == RestreamState.NoSignal, "the restream to notice that the source is away");
        await vlc.SeesAsync(25, 75);

        _live.ComeBack();
        await vlc.SeesAsync(100, 125);
        Assert.False(vlc.HasExited);
        Assert.Equal((RestreamState.Live, 1L), (annotated.Status.State, annotated.Status.Connections));
    }

    [Fact]
    public async Task A_target_that_is_restarted_is_found_again_and_the_source_never_waits()
    {
        var port = FreePort.Next();
        AnnotatedStream annotated;
        await using (var first = await NginxRtmpServer.StartAsync(port))
        {
            annotated = Start(first.Url("grey-annotated"));
            await SentAsync(annotated, 10);
        }

        await using var running = annotated;
        await Until.TrueAsync(() => annotated.Status.State == RestreamState.Retrying, "the restream to notice that the target is away");
        var before = _live.Frames;
        await Until.TrueAsync(() => _live.Frames >= before + 25, "the source to go on without a target");

        await using var second = await NginxRtmpServer.StartAsync(port);
        await Until.TrueAsync(() => annotated.Status is { Connections: 2, State: RestreamState.Live }, "the restream to find the target again");

        // A server tells a reader of a stream that has only just begun that there is none.
        var found = annotated.Status.Sent;
        await SentAsync(annotated, found + 25);
        AssertFramesAndBoxes(RecordedPicture.ReadAll(second.Url("grey-annotated"), 30), annotated);
        Assert.True(annotated.Status.Skipped > 0);
    }

    [Fact]
    public async Task A_target_that_never_answers_neither_stops_the_source_nor_the_shutdown()
    {
        await using var silent = new TcpSilentServer();
        var annotated = Start($"rtsp://127.0.0.1:{silent.Port}/live/grey-annotated");
        await silent.ConnectedAsync();
        var before = _live.Frames;
        await Until.TrueAsync(() => _live.Frames >= before + 25, "the source to go on beside a silent target");

        await annotated.DisposeAsync().AsTask().WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(RestreamState.Stopped, annotated.Status.State);
    }

    [Fact]
    public async Task A_target_that_stalls_is_given_up_while_the_source_goes_on_and_is_found_again()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var annotated = Start(
            $"rtmp://127.0.0.1:{proxy.Port}/live/grey-annotated", video: new VideoEncoding { BitRate = 20_000_000 }, timeout: 1);
        await SentAsync(annotated, 10);
        proxy.Stall();
        var before = _live.Frames;
        await Until.TrueAsync(() => _live.Frames >= before + 25, "the source to go on beside a stalled target");
        proxy.Cut();
        proxy.Resume();
        await Until.TrueAsync(() => annotated.Status is { Connections: >= 2, State: RestreamState.Live }, "the restream to find the target again");
    }

    [Fact]
    public async Task Sound_reaches_an_RTSP_viewer_as_Opus_in_step_with_the_picture()
    {
        const double flashAt = 4;
        var port = FreePort.Next();
        var folder = Directory.CreateTempSubdirectory("visionstream-rtsp-");
        var file = Path.Combine(folder.FullName, "seen.mkv");
        var url = $"rtsp://127.0.0.1:{port}/live/grey";
        var ffmpeg = Peer.RequireProgram("ffmpeg", "ffmpeg");
        await using var viewer = PeerProcess.Start(
            "rtsp-listener", ffmpeg, ["-nostdin", "-v", "warning", "-rtsp_flags", "listen", "-i", url, "-c", "copy", "-t", "6", file]);
        await using (var live = new LiveGrey(flashAt))
        {
            var (packets, codecData) = BurstOfSound.Make(20, flashAt);
            live.Source.AnnounceSound("aac", BurstOfSound.SampleRate, 1, codecData);
            live.Sound = packets;
            var options = Options(url) with { Audio = AudioMode.Opus };
            await using var annotated = AnnotatedStream.Start(live.Source.Stream, live.Source.Feed, options, NullLogger.Instance);
            await viewer.WaitForExitAsync();
        }

        var sound = BurstOfSound.Read(file);
        var flash = RecordedPicture.ReadAll(file).First(p => p.MeanLuma() > 180).PtsMs / 1000;
        folder.Delete(recursive: true);
        Assert.Equal("opus", sound.Codec);
        Assert.NotNull(sound.LoudAt);
        Assert.True(Math.Abs(sound.LoudAt.Value - flash) <= 0.040, $"The flash is at {flash:F3} s, the tone at {sound.LoudAt:F3} s.");
    }

    [Fact]
    public async Task An_SRT_listener_gets_every_frame_with_the_box_in_its_place()
    {
        var port = FreePort.Next();
        var folder = Directory.CreateTempSubdirectory("visionstream-srt-");
        var file = Path.Combine(folder.FullName, "seen.mkv");
        var ffmpeg = Peer.RequireProgram("ffmpeg", "ffmpeg");
        await using var viewer = PeerProcess.Start(
            "srt-listener", ffmpeg, ["-nostdin", "-v", "warning", "-i", $"srt://127.0.0.1:{port}?mode=listener", "-c", "copy", "-t", "2", file]);
        await using var annotated = Start($"srt://127.0.0.1:{port}");
        await viewer.WaitForExitAsync();
        var pictures = RecordedPicture.ReadAll(file);
        folder.Delete(recursive: true);
        AssertFramesAndBoxes(pictures, annotated);
    }

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    /// <summary>Every picture is at its time, none is missing but those that the stream says it skipped, and each has its box.</summary>
    private static void AssertFramesAndBoxes(List<RecordedPicture> pictures, AnnotatedStream annotated)
    {
        Assert.True(pictures.Count >= 30, $"Only {pictures.Count} pictures.");
        FrameTimes.AssertComplete([.. pictures.Select(p => p.PtsMs)], LiveGrey.FrameMs, 2.0, annotated.Status.Skipped);
        var box = LiveGrey.Box;
        Assert.All(pictures, p =>
        {
            var found = p.Find(0);
            Assert.NotNull(found);
            Assert.Equal(box.X, found.Value.X, 4.0);
            Assert.Equal(box.Y, found.Value.Y, 4.0);
            Assert.Equal(box.Right, found.Value.Right, 4.0);
            Assert.Equal(box.Bottom, found.Value.Bottom, 4.0);
        });
    }

    private static Task SentAsync(AnnotatedStream annotated, long count) =>
        Until.TrueAsync(() => annotated.Status.Sent >= count, $"{count} annotated frames");

    private static AnnotationOptions Options(string target) => new()
    {
        Target = TargetUrl.Parse(target),

        // A source that stays away says so; one that is held up by a busy machine is not to be taken for away.
        SignalTimeout = TimeSpan.FromSeconds(60),
        Reconnect = new ReconnectPattern { First = TimeSpan.FromSeconds(0.2), Longest = TimeSpan.FromSeconds(1) },
    };

    private AnnotatedStream Start(string target, VideoEncoding? video = null, double timeout = 5) => AnnotatedStream.Start(
        _live.Source.Stream,
        _live.Source.Feed,
        Options(target) with { Video = video ?? new VideoEncoding(), TargetTimeout = TimeSpan.FromSeconds(timeout) },
        NullLogger.Instance);
}
