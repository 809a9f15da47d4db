using System.Net;
using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Ingest.Sources;

public sealed class SourcePolicyTests
{
    [Theory]
    [InlineData("/etc/passwd", "'file' are not allowed")]
    [InlineData("lavfi:testsrc2", "'lavfi' are not allowed")]
    [InlineData("v4l2:/dev/video0", "'v4l2' are not allowed")]
    [InlineData("http://93.184.216.34/x.m3u8", "'http' are not allowed")]
    [InlineData("rtmp://93.184.216.34/live/x?listen=1", "wait for a publisher")]
    [InlineData("rtsp://127.0.0.1/x", "private network")]
    [InlineData("rtsp://127.1/x", "private network")]
    [InlineData("rtsp://2130706433/x", "private network")]
    [InlineData("rtsp://0x7f000001/x", "private network")]
    [InlineData("rtsp://[::1]/x", "private network")]
    [InlineData("rtsp://[::ffff:10.0.0.1]/x", "private network")]
    [InlineData("rtsp://localhost/x", "private network")]
    [InlineData("rtsp://169.254.169.254/x", "private network")]
    public async Task Default_policy_refuses_this_machine_and_its_network(string text, string part)
    {
        var refusal = await new SourcePolicy().RefuseAsync(SourceUrl.Parse(text), TestContext.Current.CancellationToken);
        Assert.Contains(part, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://93.184.216.34/x")]
    [InlineData("rtmp://[2606:2800:220:1:248:1893:25c8:1946]/live/x")]
    public async Task Default_policy_allows_public_addresses(string text) =>
        Assert.Null(await new SourcePolicy().RefuseAsync(SourceUrl.Parse(text), TestContext.Current.CancellationToken));

    [Fact]
    public async Task Named_hosts_are_allowed_and_others_are_not()
    {
        var policy = new SourcePolicy { Hosts = ["mediamtx", "*.example.org"], AllowPrivateAddresses = true };
        var token = TestContext.Current.CancellationToken;
        Assert.Null(await policy.RefuseAsync(SourceUrl.Parse("rtsp://MediaMTX:8554/x"), token));
        Assert.Null(await policy.RefuseAsync(SourceUrl.Parse("rtsp://a.example.org/x"), token));
        Assert.Contains("not among those allowed", await policy.RefuseAsync(SourceUrl.Parse("rtsp://example.org/x"), token), StringComparison.Ordinal);
        Assert.Contains("not among those allowed", await policy.RefuseAsync(SourceUrl.Parse("rtsp://badexample.org/x"), token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suffix_does_not_open_the_private_network()
    {
        var policy = new SourcePolicy { Hosts = ["*.0.0.1"] };
        Assert.Contains("private network", await policy.RefuseAsync(SourceUrl.Parse("rtsp://127.0.0.1/x"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.15.0.1", false)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("100.63.0.1", false)]
    [InlineData("100.64.0.1", true)]
    [InlineData("100.128.0.1", false)]
    [InlineData("192.169.0.1", false)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("2606:4700::1111", false)]
    public void Private_ranges_end_where_the_registry_says(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, SourcePolicy.IsPrivate(IPAddress.Parse(address)));
}
