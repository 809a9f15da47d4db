using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.EndToEnd.Peers;
using VisionStream.LibAv;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Relaying;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

public sealed class PublishAndRelayEndToEndTests
{
    private static readonly ReconnectPattern Quick = new() { First = TimeSpan.FromSeconds(0.2), Longest = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Simulated_glasses_are_seen_over_RTMP_and_come_back_when_the_server_drops_them()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        PublishProgress? last = null;
        var run = new GlassesSimulator(NullLogger.Instance).RunAsync(
            new GlassesOptions { Target = TargetUrl.Parse(server.Url("glasses")) }, new Heard<PublishProgress>(p => last = p), stop.Token);
        await Until.TrueAsync(() => last?.Frames > 15, "the glasses to publish");

        var streams = await Ffprobe.StreamsAsync(server.Url("glasses"));
        Assert.Equal(("h264", 854, 480, false), (streams[0].Codec, streams[0].Width, streams[0].Height, streams[0].HasBFrames));
        Assert.Equal("aac", streams[1].Codec);

        await server.DropPublisherAsync("glasses");
        await Until.TrueAsync(() => last?.Reconnects > 0, "the glasses to notice");
        var before = last!.Frames;
        await Until.TrueAsync(() => last.Frames > before + 15, "the glasses to publish again");
        Assert.Equal(30, RecordedPicture.ReadAll(server.Url("glasses"), 30).Count);

        await stop.CancelAsync();
        Assert.Equal(PublishResult.Cancelled, await run);
    }

    [Fact]
    public async Task RTP_over_UDP_described_by_an_SDP_file_is_relayed_to_RTSP_and_again_after_the_sender_was_away()
    {
        await using var server = await GstRtspServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("visionstream-sdp-");
        var sdp = Path.Combine(folder.FullName, "robot.sdp");
        var port = FreePort.Next();
        var sender = await SendRtpAsync(port, sdp);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        RelayProgress? last = null;
        var options = new RelayOptions
        {
            Source = new MediaSource(sdp)
            {
                InputFormat = "sdp",
                Options = MediaOptions.None.With("protocol_whitelist", "file,udp,rtp"),
                ReadTimeout = TimeSpan.FromSeconds(3),
            },
            Target = TargetUrl.Parse(server.Url("/live/robot")),
            Reconnect = Quick,
        };
        var run = new Relay().RunAsync(options, new Heard<RelayProgress>(p => last = p), stop.Token);
        await server.PublishedAsync("/live/robot");
        await Until.TrueAsync(() => last?.Packets > 30, "packets to be relayed");
        var viewer = new DemuxerOptions { Options = MediaOptions.None.With("rtsp_transport", "tcp") };
        var picture = RecordedPicture.ReadAll(server.Url("/live/robot"), 20, viewer)[^1];
        Assert.Equal((640, 360), (picture.Width, picture.Height));
        await Until.TrueAsync(() => last?.BitsPerSecond > 10_000, "a bit rate to be told");

        await sender.DisposeAsync();
        await Until.TrueAsync(() => last?.Restarts > 0, "the relay to notice that the sender is away");
        await using var again = await SendRtpAsync(port, sdp);
        await server.PublishedAsync("/live/robot", times: 2);
        var before = last!.Packets;
        await Until.TrueAsync(() => last.Packets > before + 30, "packets to be relayed again");

        await stop.CancelAsync();
        Assert.Equal(RelayResult.Cancelled, await run);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task RTSP_is_relayed_to_RTMP_without_loss()
    {
        await using var source = await GstRtspServer.StartAsync(
            new GstRtspOptions { Patterns = new Dictionary<string, string> { ["/cam"] = "320x240@25" } });
        await using var target = await NginxRtmpServer.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        RelayProgress? last = null;
        var options = new RelayOptions
        {
            Source = new MediaSource(source.Url("/cam")) { Options = MediaOptions.None.With("rtsp_transport", "tcp") },
            Target = TargetUrl.Parse(target.Url("cam")),
            Reconnect = Quick,
        };
        var run = new Relay().RunAsync(options, new Heard<RelayProgress>(p => last = p), stop.Token);
        await Until.TrueAsync(() => last?.Packets > 25, "packets to be relayed");
        var pictures = RecordedPicture.ReadAll(target.Url("cam"), 50);
        Assert.Equal((320, 240), (pictures[0].Width, pictures[0].Height));
        Assert.All(pictures.Zip(pictures.Skip(1)), p => Assert.Equal(40, p.Second.PtsMs - p.First.PtsMs, 3.0));
        Assert.Equal((0L, 0), (last!.Damaged, last.Restarts));
        await stop.CancelAsync();
        Assert.Equal(RelayResult.Cancelled, await run);
    }

    /// <summary>What a robot behind a NAT sends: H.264 as RTP over UDP.</summary>
    private static async Task<PeerProcess> SendRtpAsync(int port, string sdp)
    {
        var program = Peer.RequireProgram("ffmpeg", "ffmpeg");
        File.Delete(sdp);
        var sender = PeerProcess.Start(
            "rtp-sender",
            program,
            [
                "-nostdin", "-v", "warning", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-c:v", "libx264", "-preset", "ultrafast",
                "-tune", "zerolatency", "-g", "25", "-f", "rtp", "-sdp_file", sdp, $"rtp://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
            ]);
        await Until.TrueAsync(() => File.Exists(sdp) && new FileInfo(sdp).Length > 0, "the sender to describe what it sends");
        return sender;
    }

    private sealed class Heard<T>(Action<T> hear) : IProgress<T>
    {
        public void Report(T value) => hear(value);
    }
}
