namespace VisionStream.EndToEnd.Peers;

public sealed class FfmpegPublisherTests
{
    [Fact]
    public async Task Spoiled_frames_arrive_and_do_not_decode_cleanly()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var clip = SharedFiles.Clip("person-enter-leave.mp4");
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("cam"), new() { Clip = clip, SpoilOneByteIn = 50 });

        await using var decoder = PeerProcess.Start("decoder", Peer.RequireProgram("ffmpeg", "ffmpeg"),
            ["-nostdin", "-v", "error", "-i", server.Url("cam"), "-t", "4", "-f", "null", "-"]);

        Assert.Equal(0, await decoder.WaitForExitAsync());
        Assert.Contains(decoder.Errors.Lines(), line => line.Contains("h264", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_wish_about_the_picture_is_met()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var clip = SharedFiles.Clip("cat-chair.mp4");
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("cam"), new()
        {
            Clip = clip,
            Size = "320x240",
            FramesPerSecond = 20,
            GroupOfPictures = 5,
            BFrames = 1,
            PixelFormat = "yuv422p",
        });

        var video = Assert.Single(await Ffprobe.StreamsAsync(server.Url("cam")));
        var keys = (await Ffprobe.PacketsAsync(server.Url("cam"), count: 40)).Select(packet => packet.GetProperty("flags").GetString()![0] == 'K').ToList();

        Assert.Equal((320, 240, "yuv422p", true), (video.Width, video.Height, video.PixelFormat, video.HasBFrames));
        var first = keys.IndexOf(true);
        Assert.Equal(5, keys.IndexOf(true, first + 1) - first);
    }

    [Fact]
    public async Task A_clip_that_does_not_loop_ends()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var clip = SharedFiles.Clip("highway-cars.mp4");
        await using var publisher = await FfmpegPublisher.StartAsync(server.Url("cam"), new() { Clip = clip, Loop = false });

        Assert.Equal(0, await publisher.WaitForExitAsync());
        Assert.Equal(38, publisher.FramesSent);
    }
}
