using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;
using VisionStream.LibAv;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

/// <summary>publish, simulate, relay and serve --annotate as a user types them, against real servers.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private static readonly DemuxerOptions OverTcp = new() { Options = MediaOptions.None.With("rtsp_transport", "tcp") };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visionstream-cli-");
    private readonly string _sdp;

    public CommandLineTests() => _sdp = Path.Combine(_folder.FullName, "robot.sdp");

    [Fact]
    public async Task Publish_brings_a_pattern_to_an_RTSP_server_in_the_size_asked_for_and_ends_with_Ctrl_C()
    {
        await using var server = await GstRtspServer.StartAsync();
        await using var publish = ServiceProcess.Start(
            "publish", "lavfi:testsrc2=size=1280x720:rate=30", server.Url("/live/pattern"), "--preset", "320p", "--audio", "lavfi:sine=frequency=440", "--voice-filter");
        await server.PublishedAsync("/live/pattern");
        var pictures = RecordedPicture.ReadAll(server.Url("/live/pattern"), 30, OverTcp);
        Assert.Equal((568, 320), (pictures[0].Width, pictures[0].Height));
        Assert.All(pictures.Zip(pictures.Skip(1)), p => Assert.Equal(1000.0 / 15, p.Second.PtsMs - p.First.PtsMs, 5.0));
        Assert.Equal(0, await publish.StopAsync(UnixSignal.Interrupt));
    }

    [Fact]
    public async Task Publish_says_that_an_encoder_is_not_there_and_goes_on_with_another()
    {
        // Where there is such hardware nothing has to be replaced.
        Assert.SkipWhen(Directory.Exists("/dev/dri") && !Peer.OnCi, "This machine may have a GPU.");
        await using var server = await NginxRtmpServer.StartAsync();
        await using var publish = ServiceProcess.Start("publish", "lavfi:testsrc2=size=320x240:rate=15", server.Url("pattern"), "--encoder", "h264_vaapi");
        var line = await publish.WaitForErrorAsync(l => l.Contains("libx264 takes its place", StringComparison.Ordinal));
        Assert.Contains("h264_vaapi", line, StringComparison.Ordinal);
        Assert.Equal("h264", Assert.Single(await Ffprobe.StreamsAsync(server.Url("pattern"))).Codec);
    }

    [Theory]
    [InlineData("publish", "no-such-clip.mp4", "rtmp://127.0.0.1/live/x", "no-such-clip.mp4")]
    [InlineData("publish", "lavfi:testsrc2", "rtmp://127.0.0.1/x", "two, application and key")]
    [InlineData("relay", "rtsp://127.0.0.1:1/x", "http://127.0.0.1/x", "no kind of target")]
    public async Task Mistakes_are_answered_with_a_sentence(string verb, string source, string target, string expected)
    {
        await using var process = ServiceProcess.Start(verb, source, target);
        Assert.Equal(2, await process.WaitForExitAsync());
        Assert.Contains(process.Errors.Lines(), l => l.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(process.Errors.Lines(), l => l.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Simulated_glasses_change_their_bit_rate_and_come_back_after_a_drop()
    {
        var port = FreePort.Next();
        await using (var server = await NginxRtmpServer.StartAsync(port, record: true))
        {
            await using var glasses = ServiceProcess.Start("simulate", "glasses", server.Url("glasses"), "--duration", "26");
            Assert.True(await glasses.WaitForExitAsync(TimeSpan.FromSeconds(90)) == 0, glasses.Tail());
            await server.RecordedAsync("glasses");

            // 1 Mbit/s for ten seconds, 700 kbit/s for ten more, then 450: the test picture fills what it gets.
            var packets = (await Ffprobe.AllPacketsAsync(server.Recording("glasses"))).Where(p => p.Kind == "video").ToList();
            Assert.InRange(packets.Count, 26 * 15 - 3, (26 * 15) + 3);
            double Rate(double from, double to) => packets.Where(p => p.Pts >= from && p.Pts < to).Sum(p => p.Size) * 8 / (to - from);
            var (first, second, third) = (Rate(2, 9), Rate(12, 19), Rate(22, 25));
            Assert.True(first > 1.15 * second && second > 1.15 * third, string.Create(CultureInfo.InvariantCulture, $"{first:0}, {second:0}, {third:0} bit/s."));

            await using var dropped = ServiceProcess.Start("simulate", "glasses", server.Url("again"), "--clip", SharedFiles.Clip("mall-people-walking.mp4"));
            await Until.TrueAsync(async () => await Ffprobe.CanReadAsync(server.Url("again")), "the glasses to publish");
            Assert.Equal(["h264", "aac"], (await Ffprobe.StreamsAsync(server.Url("again"))).Select(s => s.Codec));
            await server.DropPublisherAsync("again");
            await dropped.WaitForErrorAsync(l => l.Contains("Trying again in 2.0 s", StringComparison.Ordinal));
            await dropped.WaitForErrorAsync(l => l.StartsWith("Publishing", StringComparison.Ordinal), start: 2);
            Assert.Equal(854, (await Ffprobe.StreamsAsync(server.Url("again")))[0].Width);
        }
    }

    [Fact]
    public async Task Relay_copies_what_an_SDP_file_describes_to_RTMP()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var robot = await StartRobotAsync();
        await using var relay = ServiceProcess.Start("relay", _sdp, server.Url("robot"));
        await Until.TrueAsync(async () => await Ffprobe.CanReadAsync(server.Url("robot")), "the relay to publish");
        var pictures = RecordedPicture.ReadAll(server.Url("robot"), 30);
        Assert.Equal((640, 360), (pictures[0].Width, pictures[0].Height));
        Assert.Equal(0, await relay.StopAsync(UnixSignal.Interrupt));
    }

    [Fact]
    public async Task Relay_copies_what_an_SDP_file_describes_to_RTSP_and_tells_packets_losses_and_bit_rate()
    {
        await using var server = await GstRtspServer.StartAsync();
        await using var robot = await StartRobotAsync();
        await using var relay = ServiceProcess.Start("relay", _sdp, server.Url("/live/robot"));
        await server.PublishedAsync("/live/robot");
        var pictures = RecordedPicture.ReadAll(server.Url("/live/robot"), 30, OverTcp);
        Assert.Equal((640, 360), (pictures[0].Width, pictures[0].Height));
        Assert.Equal(0, await relay.StopAsync(UnixSignal.Interrupt));
        Assert.Contains(relay.Errors.Lines(), l => RelayProgressLine().IsMatch(l));
    }

    [Fact]
    public async Task Relay_copies_RTSP_to_RTMP_with_its_sound()
    {
        const string camera = "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 ! x264enc tune=zerolatency key-int-max=25 ! h264parse"
            + " ! rtph264pay name=pay0 pt=96 config-interval=-1 audiotestsrc is-live=true ! avenc_aac ! aacparse ! rtpmp4gpay name=pay1 pt=97";
        await using var source = await GstRtspServer.StartAsync(new GstRtspOptions { Launches = new Dictionary<string, string> { ["/cam"] = camera } });
        await using var target = await NginxRtmpServer.StartAsync();
        await using var relay = ServiceProcess.Start("relay", source.Url("/cam"), target.Url("cam"));
        await Until.TrueAsync(async () => await Ffprobe.CanReadAsync(target.Url("cam")), "the relay to publish");
        Assert.Equal(["h264", "aac"], (await Ffprobe.StreamsAsync(target.Url("cam"))).Select(s => s.Codec));
        var pictures = RecordedPicture.ReadAll(target.Url("cam"), 50);
        Assert.Equal((320, 240), (pictures[0].Width, pictures[0].Height));
        Assert.Equal(0, await relay.StopAsync(UnixSignal.Interrupt));
    }

    [Fact]
    public async Task An_RTSP_server_gets_the_annotated_stream_with_its_boxes_where_the_messages_say()
    {
        await using var source = await NginxRtmpServer.StartAsync();
        await using var target = await GstRtspServer.StartAsync();
        await using var camera = await StillCatAsync(source.Url("cat"));
        await using var service = await Service.WatchAsync(
            "cat", source.Url("cat"), "--annotate", $"cat={target.Url("/live/cat-annotated")}", "--classes", "cat", "--cadence", "fixed");
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        await target.PublishedAsync("/live/cat-annotated");
        var box = (await subscriber.NextAsync("detections", m => m.GetProperty("detections").GetArrayLength() == 1)).GetProperty("detections")[0];

        // The first ones may have been drawn before there was a result.
        RecordedPicture seen;
        do
        {
            seen = RecordedPicture.ReadAll(target.Url("/live/cat-annotated"), 30, OverTcp)[^1];
        }
        while (seen.Find(box.GetProperty("class_id").GetInt32()) is null && !TestContext.Current.CancellationToken.IsCancellationRequested);

        AssertDrawn(box, seen);
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task VLC_sees_the_annotated_stream_and_its_boxes_are_where_the_messages_say()
    {
        await using var server = await NginxRtmpServer.StartAsync(record: true);
        await using var camera = await StillCatAsync(server.Url("cat"));
        await using var service = await Service.WatchAsync(
            "cat", server.Url("cat"), "--annotate", $"cat={server.Url("cat-annotated")}", "--classes", "cat", "--cadence", "fixed");
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        await Until.TrueAsync(
            async () => (await service.FactsAsync("cat")).GetProperty("annotated").GetProperty("frames").GetInt64() >= 30, "annotated frames");
        await using (var vlc = VlcViewer.Start(server.Url("cat-annotated")))
        {
            await vlc.SeesAsync(30, 225);
            Assert.False(vlc.HasExited);
        }

        var box = (await subscriber.NextAsync("detections", m => m.GetProperty("detections").GetArrayLength() == 1)).GetProperty("detections")[0];
        Assert.Equal(["h264", "aac"], (await Ffprobe.StreamsAsync(server.Url("cat-annotated"))).Select(s => s.Codec));
        Assert.Equal(0, await service.StopAsync());
        await server.RecordedAsync("cat-annotated");
        AssertDrawn(box, RecordedPicture.ReadAll(server.Recording("cat-annotated"))[^1]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Asserts that a detection's box is in the pixels, within 4 of where its message says.</summary>
    private static void AssertDrawn(JsonElement detection, RecordedPicture picture)
    {
        var told = detection.GetProperty("box_px");
        var seen = picture.Find(detection.GetProperty("class_id").GetInt32());
        Assert.NotNull(seen);
        var (x, y) = (told.GetProperty("x").GetDouble(), told.GetProperty("y").GetDouble());
        Assert.Equal(x, seen.Value.X, 4.0);
        Assert.Equal(y, seen.Value.Y, 4.0);
        Assert.Equal(x + told.GetProperty("w").GetDouble(), seen.Value.Right, 4.0);
        Assert.Equal(y + told.GetProperty("h").GetDouble(), seen.Value.Bottom, 4.0);
    }

    /// <summary>A robot that sends RTP over UDP, described by an .sdp file.</summary>
    private async Task<PeerProcess> StartRobotAsync()
    {
        var sender = PeerProcess.Start(
            "rtp-sender",
            Peer.RequireProgram("ffmpeg", "ffmpeg"),
            [
                "-nostdin", "-v", "warning", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-c:v", "libx264", "-preset", "ultrafast",
                "-tune", "zerolatency", "-g", "25", "-f", "rtp", "-sdp_file", _sdp, $"rtp://127.0.0.1:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}",
            ]);
        await Until.TrueAsync(() => File.Exists(_sdp) && new FileInfo(_sdp).Length > 0, "the sender to describe what it sends");
        return sender;
    }

    /// <summary>One picture of a cat for ever, with a tone: a box that has no reason to move, and in grey, so that no colour but the box's is there.</summary>
    private static async Task<PeerProcess> StillCatAsync(string url)
    {
        var camera = PeerProcess.Start(
            "camera",
            Peer.RequireProgram("ffmpeg", "ffmpeg"),
            [
                "-nostdin", "-v", "warning", "-progress", "pipe:1", "-re", "-i", SharedFiles.Clip("cat-chair.mp4"), "-re", "-f", "lavfi", "-i", "sine=frequency=440",
                "-vf", "hue=s=0,loop=loop=-1:size=1:start=0,setpts=N/15/TB,fps=15,scale=out_color_matrix=bt709", "-colorspace", "bt709", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency",
                "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "flv", url,
            ]);
        await camera.WaitForOutputAsync(l => l.StartsWith("frame=", StringComparison.Ordinal) && l != "frame=0");
        return camera;
    }

    [GeneratedRegex(@"^\d+ packets  \d+ lost  \d+ damaged  \d+ kbit/s")]
    private static partial Regex RelayProgressLine();
}
