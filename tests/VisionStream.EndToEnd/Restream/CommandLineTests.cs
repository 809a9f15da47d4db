using System.Globalization;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;
using VisionStream.LibAv;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

/// <summary>publish, simulate, relay and serve --annotate as a user types them, against real servers.</summary>
public sealed class CommandLineTests
{
    private static readonly DemuxerOptions OverTcp = new() { Options = MediaOptions.None.With("rtsp_transport", "tcp") };

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
    public async Task Simulated_glasses_change_their_bit_rate_come_back_after_a_drop_and_give_up_after_ten_attempts()
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
    public async Task Relay_copies_what_an_SDP_file_describes_to_RTMP_with_its_sound_untouched()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("visionstream-relay-");
        var (sdp, port) = (Path.Combine(folder.FullName, "robot.sdp"), FreePort.Next());
        await using var sender = PeerProcess.Start(
            "rtp-sender",
            Peer.RequireProgram("ffmpeg", "ffmpeg"),
            [
                "-nostdin", "-v", "warning", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-c:v", "libx264", "-preset", "ultrafast",
                "-tune", "zerolatency", "-g", "25", "-f", "rtp", "-sdp_file", sdp, $"rtp://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
            ]);
        await Until.TrueAsync(() => File.Exists(sdp) && new FileInfo(sdp).Length > 0, "the sender to describe what it sends");
        await using var relay = ServiceProcess.Start("relay", sdp, server.Url("robot"));
        await Until.TrueAsync(async () => await Ffprobe.CanReadAsync(server.Url("robot")), "the relay to publish");
        var pictures = RecordedPicture.ReadAll(server.Url("robot"), 30);
        Assert.Equal((640, 360), (pictures[0].Width, pictures[0].Height));
        Assert.Equal(0, await relay.StopAsync(UnixSignal.Interrupt));
        folder.Delete(recursive: true);
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
        var told = box.GetProperty("box_px");
        Assert.Equal(["h264", "aac"], (await Ffprobe.StreamsAsync(server.Url("cat-annotated"))).Select(s => s.Codec));
        Assert.Equal(0, await service.StopAsync());
        await server.RecordedAsync("cat-annotated");
        var seen = RecordedPicture.ReadAll(server.Recording("cat-annotated"))[^1].Find(box.GetProperty("class_id").GetInt32());
        Assert.NotNull(seen);
        Assert.Equal(told.GetProperty("x").GetDouble(), seen.Value.X, 4.0);
        Assert.Equal(told.GetProperty("y").GetDouble(), seen.Value.Y, 4.0);
        Assert.Equal(told.GetProperty("x").GetDouble() + told.GetProperty("w").GetDouble(), seen.Value.Right, 4.0);
        Assert.Equal(told.GetProperty("y").GetDouble() + told.GetProperty("h").GetDouble(), seen.Value.Bottom, 4.0);
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
}
