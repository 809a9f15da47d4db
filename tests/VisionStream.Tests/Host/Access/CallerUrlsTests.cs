using System.Net;
using VisionStream.Host.Access;
using VisionStream.Host.Configuration;
using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Host.Access;

public class CallerUrlsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rtsp://203.0.114.7:8554/live/cam")]
    [InlineData("rtsps://user:pass@8.8.8.8/cam")]
    [InlineData("rtmp://8.8.8.8/live/key?user=a&pass=b")]
    [InlineData("srt://8.8.8.8:8890?streamid=read:live/cam")]
    [InlineData("rtsp://[2606:4700::1]:8554/live/cam")]
    public async Task Public_hosts_may_be_called(string url) => Assert.Null(await new CallerUrls(new SourcePolicy(), null).RefuseSourceAsync(url, Cancel));

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("file:clip.mp4")]
    [InlineData("cam.sdp")]
    [InlineData("lavfi:movie=/etc/passwd")]
    [InlineData("v4l2:/dev/video0")]
    [InlineData("udp://239.0.0.1:5000")]
    [InlineData("rtp://8.8.8.8:5000")]
    [InlineData("http://8.8.8.8/index.m3u8")]
    [InlineData("concat:a|b")]
    [InlineData("subfile,,start,0,end,0,,:/etc/passwd")]
    [InlineData("tcp://8.8.8.8:22")]
    [InlineData("rtmp://8.8.8.8/live/key?listen=1")]
    [InlineData("srt://8.8.8.8:8890?mode=listener")]
    public async Task Files_devices_listeners_and_other_schemes_may_not(string url) =>
        Assert.NotNull(await new CallerUrls(new SourcePolicy(), null).RefuseSourceAsync(url, Cancel));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("127.0.0.1.")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0xA9FEA9FE")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("localhost.")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[2001:0:7f00:1::]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fe80::1%25lo]")]
    [InlineData("[fc00::1]")]
    [InlineData("[ff02::1]")]
    [InlineData("public.example.org@127.0.0.1")]
    [InlineData("8.8.8.8:80@127.0.0.1")]
    [InlineData("a:b@c@127.0.0.1")]
    [InlineData("127.0.0.1#@8.8.8.8")]
    [InlineData("127.0.0.1?@8.8.8.8")]
    [InlineData("127.0.0.1/@8.8.8.8")]
    [InlineData("127.0.0.1\\@8.8.8.8")]
    [InlineData("8.8.8.8\\@127.0.0.1")]
    [InlineData("8.8.8.8%00.127.0.0.1")]
    [InlineData("%31%32%37.0.0.1")]
    [InlineData("\uff11\uff12\uff17.0.0.1")]
    [InlineData("999.1.1.1")]
    [InlineData("")]
    public async Task This_machine_and_private_networks_may_not_be_called_however_they_are_written(string host)
    {
        var urls = new CallerUrls(new SourcePolicy(), null);
        Assert.NotNull(await urls.RefuseSourceAsync($"rtsp://{host}/live/cam", Cancel));
        Assert.NotNull(await urls.RefuseTargetAsync($"rtsp://{host}/live/cam", Cancel));
    }

    [Fact]
    public async Task MediaMTX_s_own_servers_always_may_and_nothing_else_on_that_host()
    {
        var urls = new CallerUrls(new SourcePolicy(), new MediaMtxSettings { Api = "http://127.0.0.1:9997", Srt = "srt://10.0.0.5:9000", Hls = MediaMtxSettings.Off });
        Assert.Null(await urls.RefuseSourceAsync("rtsp://127.0.0.1:8554/live/cam", Cancel));
        Assert.Null(await urls.RefuseSourceAsync("rtsp://localhost:8554/live/cam", Cancel));
        Assert.Null(await urls.RefuseTargetAsync("rtmp://[::1]/live/cam", Cancel));
        Assert.Null(await urls.RefuseSourceAsync("srt://10.0.0.5:9000?streamid=read:a", Cancel));
        Assert.NotNull(await urls.RefuseSourceAsync("rtsp://127.0.0.1:22/live/cam", Cancel));
        Assert.NotNull(await urls.RefuseSourceAsync("rtsp://10.0.0.5:8554/live/cam", Cancel));
        Assert.NotNull(await urls.RefuseSourceAsync("rtmp://127.0.0.1:1935/live/cam?listen=1", Cancel));
    }

    [Theory]
    [InlineData("rtsp://192.168.1.20/cam", true)]
    [InlineData("rtsp://[::ffff:192.168.1.20]/cam", true)]
    [InlineData("rtsp://192.168.2.20/cam", false)]
    [InlineData("rtsp://8.8.8.8/cam", false)]
    [InlineData("rtsp://camera.internal/cam", true)]
    [InlineData("rtsp://camera.internal.evil.example/cam", false)]
    public async Task With_hosts_or_networks_named_only_those_may_be_called(string url, bool allowed)
    {
        var policy = new SourcePolicy { Hosts = ["camera.internal"], Networks = [IPNetwork.Parse("192.168.1.0/24")] };
        Assert.Equal(allowed, await new CallerUrls(policy, null).RefuseSourceAsync(url, Cancel) is null);
    }

    [Fact]
    public async Task A_refusal_tells_the_settings_and_no_secret()
    {
        var why = await new CallerUrls(new SourcePolicy(), null).RefuseSourceAsync("rtsp://user:s3cret@192.168.0.1/s3cret?key=s3cret", Cancel);
        Assert.Contains("allow_private_hosts", why, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", why, StringComparison.Ordinal);
    }
}
