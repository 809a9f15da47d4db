namespace VisionStream.EndToEnd.Peers;

public sealed class MediaMtxServerTests
{
    [Fact]
    public async Task What_is_published_by_rtmp_is_readable_by_rtsp()
    {
        await using var server = await MediaMtxServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(server.RtmpUrl("live/cam"), new() { Size = "640x360" });

        var video = Assert.Single(await Ffprobe.StreamsAsync(server.RtspUrl("live/cam")));

        Assert.Equal(("h264", 640, 360), (video.Codec, video.Width, video.Height));
    }
}
