using VisionStream.Host.Cli;
using VisionStream.Host.Configuration;

namespace VisionStream.Tests.Host.Cli;

public sealed class MediaSourcesTests
{
    [Theory]
    [InlineData("srt://0.0.0.0:9000?mode=listener&passphrase=0123456789&latency=200", "srt://0.0.0.0:9000?mode=listener&passphrase=0123456789&latency=200", null)]
    [InlineData("rtmp://0.0.0.0:1935/live/key?listen=1", "rtmp://0.0.0.0:1935/live/key", "1")]
    [InlineData("rtmp://0.0.0.0:1935/live/key?token=abcd&listen=1", "rtmp://0.0.0.0:1935/live/key?token=abcd", "1")]
    public void A_publisher_is_waited_for_without_end_and_its_packets_for_ten_seconds(string text, string url, string? listen)
    {
        var source = MediaSources.Of(text);
        Assert.Equal((url, listen), (source.Url, source.Options["listen"]));
        Assert.Equal((Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(10)), (source.OpenTimeout, source.ReadTimeout));
        Assert.Equal("10000000", source.Options["rw_timeout"]);
    }

    [Theory]
    [InlineData("rtsp://camera/live", "rtsp://camera/live", "tcp")]
    [InlineData("srt://host:9000?streamid=read:live/x", "srt://host:9000?streamid=read:live/x", null)]
    [InlineData("rtmp://host/live/key?listen=0&token=abcd", "rtmp://host/live/key?token=abcd", null)]
    [InlineData("udp://@:5000", "udp://0.0.0.0:5000", null)]
    public void A_server_is_called_by_the_address_that_serve_would_use(string text, string url, string? transport)
    {
        var source = MediaSources.Of(text);
        Assert.Equal((url, transport), (source.Url, source.Options["rtsp_transport"]));
        Assert.Equal((null, TimeSpan.FromSeconds(10)), (source.Options["listen"], source.OpenTimeout));
    }

    [Fact]
    public void What_is_no_source_is_said()
    {
        Assert.Throws<BadInputException>(() => MediaSources.Of("nonsense://x"));
        Assert.Throws<BadInputException>(() => MediaSources.Of("/none/such.mp4"));
    }
}
