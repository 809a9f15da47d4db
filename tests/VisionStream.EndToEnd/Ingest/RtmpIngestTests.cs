using VisionStream.Core.Streams;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Ingest;

public sealed class RtmpIngestTests
{
    [Fact]
    public async Task A_publisher_that_goes_and_comes_back_with_another_size_is_followed()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var probe = new LiveProbe(server.Url("glasses"));
        await using (var first = await FfmpegPublisher.StartAsync(server.Url("glasses"), new FfmpegPublisherOptions { Size = "640x360" }))
        {
            var online = await probe.Until(StreamState.Online);
            Assert.Equal((640, 360), (online.Width, online.Height));
            await probe.UntilFrames(20);
            await first.StopAsync();
        }

        // nginx keeps its readers: what is left of the publisher is silence.
        _ = await probe.Until(StreamState.Reconnecting);
        await using var second = await FfmpegPublisher.StartAsync(server.Url("glasses"), new FfmpegPublisherOptions { Size = "854x480" });
        var changed = await probe.Until(StreamState.ResolutionChanged);
        var again = await probe.Until(StreamState.Online);
        Assert.Equal((854, 480, 854, 480), (changed.Width, changed.Height, again.Width, again.Height));
        Assert.NotEqual(probe.Frames[0].Info.Session.Id, again.Session);
        Assert.Equal(again.Session, probe.Frames[^1].Info.Session.Id);
        Assert.True(probe.Stream.Ledger.Reconnects >= 1);
    }

    [Fact]
    public async Task A_server_that_starts_late_is_found()
    {
        var port = FreePort.Next();
        await using var probe = new LiveProbe($"rtmp://127.0.0.1:{port}/live/late");
        _ = await probe.Until(StreamState.Reconnecting, "Nothing listens at rtmp://127.0.0.1:");
        await using var server = await NginxRtmpServer.StartAsync(port);
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("late"));
        _ = await probe.Until(StreamState.Online);
        await probe.UntilFrames(10);
    }

    [Fact]
    public async Task A_publisher_that_freezes_is_noticed_and_taken_up_again()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("frozen"));
        await using var probe = new LiveProbe(server.Url("frozen"));
        _ = await probe.Until(StreamState.Online);
        publisher.Pause();
        _ = await probe.Until(StreamState.Reconnecting, "has sent nothing for 2 s");
        publisher.Resume();
        _ = await probe.Until(StreamState.Online);
    }

    [Fact]
    public async Task B_frames_come_in_order_and_sound_is_passed_over()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(
            server.Url("b"), new FfmpegPublisherOptions { Clip = SharedFiles.Clip("mall-people-walking.mp4"), BFrames = 3, Audio = true });
        await using var probe = new LiveProbe(server.Url("b"));
        await probe.UntilFrames(60);
        var steps = probe.Frames.Zip(probe.Frames.Skip(1), (a, b) => b.Info.Pts.Milliseconds - a.Info.Pts.Milliseconds);

        // Every frame of the 25 a second is there: a frame out of its place would leave a gap.
        Assert.All(steps, s => Assert.InRange(s, 39, 41));
    }

    [Fact]
    public async Task Sound_that_is_announced_and_never_comes_does_not_hold_up_the_pictures()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var program = Peer.RequireProgram("ffmpeg", "ffmpeg");
        await using var publisher = PeerProcess.Start("publisher", program, [
            "-nostdin", "-loglevel", "warning", "-re", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30",
            "-itsoffset", "3600", "-i", SharedFiles.Clip("mall-people-walking.mp4"), "-map", "0:v", "-map", "1:a", "-max_interleave_delta", "1",
            "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "30", "-c:a", "copy", "-f", "flv", server.Url("silent")]);
        await using var probe = new LiveProbe(server.Url("silent"));

        // libav's own search would look for the sound for up to 90 s of the stream's time.
        _ = await probe.Until(StreamState.Online);
        Assert.InRange(probe.Stream.Ledger.Packets, 1, 300);
    }

    [Fact]
    public async Task Damaged_packets_cost_frames_up_to_a_key_frame_and_no_connection()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(
            server.Url("spoiled"), new FfmpegPublisherOptions { Clip = SharedFiles.Clip("person-enter-leave.mp4"), SpoilOneByteIn = 2000 });
        await using var probe = new LiveProbe(server.Url("spoiled"));
        await Peers.Until.TrueAsync(() => probe.Stream.Ledger.Dropped(Core.Metrics.DropReason.Corrupt) > 20 && probe.Frames.Count > 20, "damaged and sound frames");
        Assert.Equal(StreamState.Online, probe.Statuses[^1].State);
    }
}
