namespace VisionStream.EndToEnd.Peers;

public sealed class NginxRtmpServerTests
{
    [Fact]
    public async Task A_published_test_picture_is_readable_in_its_size()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("cam"), new() { Size = "854x480", FramesPerSecond = 15, Audio = true });

        var streams = await Ffprobe.StreamsAsync(server.Url("cam"));

        Assert.Equal(("h264", 854, 480), (streams[0].Codec, streams[0].Width, streams[0].Height));
        Assert.Equal("aac", streams[1].Codec);
    }

    [Fact]
    public async Task A_clip_is_published_as_it_is()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var clip = SharedFiles.Clip("mall-people-walking.mp4");
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("mall"), new() { Clip = clip });

        var video = Assert.Single(await Ffprobe.StreamsAsync(server.Url("mall")));

        Assert.Equal(("h264", 960, 540, true), (video.Codec, video.Width, video.Height, video.HasBFrames));
    }

    [Fact]
    public async Task A_dropped_publisher_ends()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("cam"));

        await server.DropPublisherAsync("cam");

        Assert.NotEqual(0, await publisher.WaitForExitAsync());
    }

    [Fact]
    public async Task A_server_comes_back_on_its_port()
    {
        int port;
        await using (var first = await NginxRtmpServer.StartAsync())
        {
            port = first.Port;
        }

        await using var second = await NginxRtmpServer.StartAsync(port);
        await using var publisher = await FfmpegPublisher.StartAsync(second.Url("cam"));

        Assert.True(publisher.FramesSent > 0);
    }
}
