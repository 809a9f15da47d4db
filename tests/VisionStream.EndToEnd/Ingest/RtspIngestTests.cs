using VisionStream.Core.Streams;
using VisionStream.EndToEnd.Peers;
using VisionStream.Ingest.Sources;

namespace VisionStream.EndToEnd.Ingest;

public sealed class RtspIngestTests
{
    [Fact]
    public async Task A_path_that_is_not_published_yet_is_found_when_it_is_and_again_after_the_publisher_left()
    {
        await using var server = await GstRtspServer.StartAsync();
        await using var probe = new LiveProbe(server.Url("/live/glasses"));
        _ = await probe.Until(StreamState.Reconnecting, "There is nothing at rtsp://127.0.0.1:");
        await using (var first = await FfmpegPublisher.StartAsync(server.Url("/live/glasses"), new FfmpegPublisherOptions { Size = "640x360" }))
        {
            var online = await probe.Until(StreamState.Online);
            Assert.Equal((640, 360), (online.Width, online.Height));
            await probe.UntilFrames(20);
            await first.StopAsync();
        }

        _ = await probe.Until(StreamState.Reconnecting);
        await using var second = await FfmpegPublisher.StartAsync(server.Url("/live/glasses"), new FfmpegPublisherOptions { Size = "320x240" });
        _ = await probe.Until(StreamState.ResolutionChanged, "are now 320x240");
        _ = await probe.Until(StreamState.Online);
    }

    [Theory]
    [InlineData(RtspTransport.Tcp)]
    [InlineData(RtspTransport.Udp)]
    public async Task Frames_carry_the_senders_clock_once_it_was_told(RtspTransport transport)
    {
        await using var server = await GstRtspServer.StartAsync(
            new GstRtspOptions { Patterns = new Dictionary<string, string> { ["/pattern"] = "640x360@30" } });
        await using var probe = new LiveProbe(server.Url("/pattern"), LiveProbe.Quick with { RtspTransport = transport });
        await Peers.Until.TrueAsync(() => probe.Frames.Count(f => f.Info.Clock == ClockSource.RtcpSenderReport) > 30, "frames with the sender's clock");
        var told = probe.Frames.SkipWhile(f => f.Info.Clock != ClockSource.RtcpSenderReport).ToArray();
        Assert.All(told, f => Assert.Equal(ClockSource.RtcpSenderReport, f.Info.Clock));

        // Sender and reader share this machine's clock, so a frame is seen after it was taken and not long after.
        Assert.All(told, f => Assert.InRange((f.SeenAt - f.Info.IngestedAt).TotalSeconds, -0.1, 5));
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.Info.IngestedAt < pair.Second.Info.IngestedAt));
    }

    [Fact]
    public async Task Sound_that_is_wanted_later_is_asked_for_at_once_by_opening_the_source_again()
    {
        const string line = "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 ! x264enc tune=zerolatency key-int-max=25 ! h264parse"
            + " ! rtph264pay name=pay0 pt=96 config-interval=-1 audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8";
        await using var server = await GstRtspServer.StartAsync(new GstRtspOptions { Launches = new Dictionary<string, string> { ["/cam"] = line } });
        await using var probe = new LiveProbe(server.Url("/cam"), LiveProbe.Quick with { SilenceTimeout = TimeSpan.FromSeconds(20) });
        await probe.UntilFrames(10);
        Assert.Equal((true, 0L), (probe.Stream.Audio.IsUnasked, probe.Stream.Audio.NewestId));
        Assert.Null(probe.Stream.Audio.Format);

        using var wish = probe.Stream.Audio.Want();
        _ = await probe.Until(StreamState.Reconnecting, "to ask for its sound");
        _ = await probe.Until(StreamState.Online);
        await Peers.Until.TrueAsync(() => probe.Stream.Audio.NewestId > 20, "packets of sound");
        Assert.Equal("pcm_alaw", probe.Stream.Audio.Format?.Codec);
        Assert.False(probe.Stream.Audio.IsUnasked);

        // Somebody else who wants it too finds it there.
        using var another = probe.Stream.Audio.Want();
        await probe.UntilFrames(probe.Frames.Count + 25);
        Assert.Single(probe.Statuses, s => s.Reason.Contains("to ask for its sound", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_without_sound_is_asked_for_it_once()
    {
        await using var server = await GstRtspServer.StartAsync(
            new GstRtspOptions { Patterns = new Dictionary<string, string> { ["/pattern"] = "320x240@25" } });
        await using var probe = new LiveProbe(server.Url("/pattern"), LiveProbe.Quick with { SilenceTimeout = TimeSpan.FromSeconds(20) });
        await probe.UntilFrames(10);
        using var wish = probe.Stream.Audio.Want();
        _ = await probe.Until(StreamState.Reconnecting, "to ask for its sound");
        _ = await probe.Until(StreamState.Online);
        await probe.UntilFrames(probe.Frames.Count + 25);
        Assert.Single(probe.Statuses, s => s.Reason.Contains("to ask for its sound", StringComparison.Ordinal));
        Assert.Equal((false, false), (probe.Stream.Audio.IsUnasked, probe.Stream.Audio.IsExpected));
    }

    [Fact]
    public async Task A_clip_with_b_frames_and_an_odd_height_comes_in_order()
    {
        await using var server = await GstRtspServer.StartAsync(
            new GstRtspOptions { Clips = new Dictionary<string, string> { ["/cat"] = SharedFiles.Clip("cat-chair.mp4") } });
        await using var probe = new LiveProbe(server.Url("/cat"));
        await probe.UntilFrames(50);
        Assert.All(probe.Frames, f => Assert.Equal((640, 338), (f.Format.Width, f.Format.Height)));
        Assert.True(probe.Frames[0].Info.IsKey);
    }

    [Fact]
    public async Task A_server_that_freezes_is_noticed_and_taken_up_again()
    {
        await using var server = await GstRtspServer.StartAsync(
            new GstRtspOptions { Patterns = new Dictionary<string, string> { ["/pattern"] = "320x240@15" } });
        await using var probe = new LiveProbe(server.Url("/pattern"));
        _ = await probe.Until(StreamState.Online);
        server.Pause();
        _ = await probe.Until(StreamState.Reconnecting, "has sent nothing for 2 s");
        server.Resume();
        _ = await probe.Until(StreamState.Online);
    }

    [Theory]
    [InlineData("rtsp")]
    [InlineData("rtmp")]
    public async Task A_server_that_accepts_and_sends_nothing_is_called_again(string scheme)
    {
        await using var server = new TcpSilentServer();
        var options = LiveProbe.Quick with { OpenTimeout = TimeSpan.FromSeconds(1) };
        await using var probe = new LiveProbe($"{scheme}://127.0.0.1:{server.Port}/live/x", options);
        _ = await probe.Until(StreamState.Reconnecting, "did not answer in time");
        await server.ConnectedAsync(3);
        Assert.Empty(probe.Frames);
    }

    [Fact]
    public async Task Pictures_without_a_key_frame_are_told_as_no_pictures()
    {
        await using var server = await GstRtspServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(
            server.Url("/live/long"), new FfmpegPublisherOptions { Size = "320x240", GroupOfPictures = 10_000 });
        await Peers.Until.TrueAsync(() => publisher.FramesSent > 30, "the only key frame to be over");
        await using var probe = new LiveProbe(server.Url("/live/long"), LiveProbe.Quick with { SilenceTimeout = TimeSpan.FromSeconds(10) });
        _ = await probe.Until(StreamState.Reconnecting, "none that can be used");
        Assert.Empty(probe.Frames);
        Assert.Equal(0, probe.Stream.Ledger.Reconnects);
    }
}
