namespace VisionStream.EndToEnd.Peers;

public sealed class TcpSilentServerTests
{
    [Fact]
    public async Task A_publisher_waits_for_an_answer_that_never_comes()
    {
        await using var server = new TcpSilentServer();
        await using var publisher = FfmpegPublisher.Launch($"rtmp://127.0.0.1:{server.Port}/live/cam");

        await server.ConnectedAsync();

        Assert.Equal(0, publisher.FramesSent);
    }
}
