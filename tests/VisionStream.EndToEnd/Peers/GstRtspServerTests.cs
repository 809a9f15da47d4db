namespace VisionStream.EndToEnd.Peers;

public sealed class GstRtspServerTests
{
    [Fact]
    public async Task A_clip_is_served_in_a_loop_as_it_is()
    {
        // 38 frames, 1.5 s: more packets than that come from a second round.
        var clip = SharedFiles.Clip("highway-cars.mp4");
        await using var server = await GstRtspServer.StartAsync(new() { Clips = new Dictionary<string, string> { ["/clip"] = clip } });

        var video = Assert.Single(await Ffprobe.StreamsAsync(server.Url("/clip")));
        var packets = await Ffprobe.PacketsAsync(server.Url("/clip"), count: 80);

        Assert.Equal(("h264", 1280, 720), (video.Codec, video.Width, video.Height));
        Assert.Equal(80, packets.Count);
    }

    [Fact]
    public async Task A_pattern_is_served_in_its_shape()
    {
        await using var server = await GstRtspServer.StartAsync(new() { Patterns = new Dictionary<string, string> { ["/pattern"] = "320x240@10" } });

        var video = Assert.Single(await Ffprobe.StreamsAsync(server.Url("/pattern")));

        Assert.Equal(("h264", 320, 240, false), (video.Codec, video.Width, video.Height, video.HasBFrames));
    }

    [Fact]
    public async Task What_is_published_is_readable_while_its_publisher_is_there()
    {
        await using var server = await GstRtspServer.StartAsync();
        var url = server.Url("/live/cam");
        Assert.False(await Ffprobe.CanReadAsync(url));

        await using (await FfmpegPublisher.StartAsync(url, new() { Size = "854x480", Audio = true }))
        {
            var video = Assert.Single(await Ffprobe.StreamsAsync(url));
            Assert.Equal(("h264", 854, 480), (video.Codec, video.Width, video.Height));
        }

        await server.GoneAsync("/live/cam");
        Assert.False(await Ffprobe.CanReadAsync(url));
    }

    [Fact]
    public async Task Another_publisher_may_follow_with_another_shape()
    {
        await using var server = await GstRtspServer.StartAsync();
        var url = server.Url("/live/cam");
        await using var first = await FfmpegPublisher.StartAsync(url, new() { Size = "640x360" });
        await first.KillAsync();
        await server.GoneAsync("/live/cam");

        await using var second = await FfmpegPublisher.StartAsync(url, new() { Size = "320x180", BFrames = 2 });
        await server.PublishedAsync("/live/cam", times: 2);

        var video = Assert.Single(await Ffprobe.StreamsAsync(url));
        Assert.Equal((320, 180, true), (video.Width, video.Height, video.HasBFrames));
    }

    [Fact]
    public async Task Readers_get_the_senders_clock()
    {
        await using var server = await GstRtspServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("/live/cam"));

        // A sender report comes within seconds; ffmpeg puts the wall clock beside every packet after it.
        var packets = await Ffprobe.PacketsAsync(server.Url("/live/cam"), count: 300);

        Assert.Contains(packets, packet => packet.TryGetProperty("side_data_list", out var side)
            && side.EnumerateArray().Any(data => data.GetProperty("side_data_type").GetString() == "Producer Reference Time"));
    }

    [Fact]
    public async Task A_second_publisher_of_a_path_is_refused()
    {
        await using var server = await GstRtspServer.StartAsync();
        await using var first = await FfmpegPublisher.StartAsync(server.Url("/live/cam"));
        await using var second = FfmpegPublisher.Launch(server.Url("/live/cam"));

        Assert.NotEqual(0, await second.WaitForExitAsync());
    }
}
