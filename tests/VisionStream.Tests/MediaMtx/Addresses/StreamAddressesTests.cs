using System.Text.Json.Nodes;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Addresses;

namespace VisionStream.Tests.MediaMtx.Addresses;

public class StreamAddressesTests
{
    private const string Password = "vs-b1795258800-lAslEu5GDAVl037LE8oVuQ";

    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");

    [Fact]
    public void A_stream_is_published_in_four_forms()
    {
        var publish = new StreamAddresses(new PublicAddresses()).Publish(Glasses, Password);
        Assert.Equal($"rtmp://127.0.0.1:1935/live/glasses?user=vs&pass={Password}", publish.Rtmp);
        Assert.Equal($"srt://127.0.0.1:8890?streamid=publish:live/glasses:vs:{Password}&pkt_size=1316", publish.Srt);
        Assert.Equal("http://127.0.0.1:8889/live/glasses/whip", publish.Whip);
        Assert.Equal($"rtsp://vs:{Password}@127.0.0.1:8554/live/glasses", publish.Rtsp);
        Assert.DoesNotContain(Password, publish.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_watched_in_three()
    {
        var addresses = new StreamAddresses(new PublicAddresses { WebRtc = "https://video.example/webrtc/", Hls = "https://video.example/hls" });
        var watch = addresses.Watch(StreamName.Parse("live/glasses-annotated"), Password);
        Assert.Equal($"rtsp://vs:{Password}@127.0.0.1:8554/live/glasses-annotated", watch.Rtsp);
        Assert.Equal("https://video.example/webrtc/live/glasses-annotated/whep", watch.Whep);
        Assert.Equal("https://video.example/hls/live/glasses-annotated/index.m3u8", watch.Hls);
        Assert.DoesNotContain(Password, watch.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_password_the_addresses_are_bare()
    {
        var publish = new StreamAddresses(new PublicAddresses()).Publish(Glasses, null);
        Assert.Equal("rtmp://127.0.0.1:1935/live/glasses", publish.Rtmp);
        Assert.Equal("srt://127.0.0.1:8890?streamid=publish:live/glasses&pkt_size=1316", publish.Srt);
        Assert.Equal("rtsp://127.0.0.1:8554/live/glasses", publish.Rtsp);
    }

    [Theory]
    [InlineData("glasses", "live/glasses")]
    [InlineData("live/glasses", "live/glasses")]
    [InlineData("a/b/c", "a/b/c")]
    public void RTMP_always_has_two_segments(string name, string expected)
    {
        var two = StreamAddresses.WithTwoSegments(StreamName.Parse(name));
        Assert.Equal(expected, two.Value);
        Assert.Equal($"rtmp://127.0.0.1:1935/{expected}", new StreamAddresses(new PublicAddresses()).Publish(two, null).Rtmp);
        Assert.Equal(name == expected, new StreamAddresses(new PublicAddresses()).Publish(StreamName.Parse(name), null).Rtmp is not null);
    }

    [Fact]
    public void A_form_that_cannot_hold_the_credentials_is_left_out()
    {
        var addresses = new StreamAddresses(new PublicAddresses());
        var token = new string('t', 1000);
        var publish = addresses.Publish(Glasses, token);
        Assert.Null(publish.Rtmp);
        Assert.Null(publish.Srt);
        Assert.NotNull(publish.Rtsp);
        Assert.Null(addresses.Publish(StreamName.Parse("live/a:b"), Password).Srt);
        Assert.Null(addresses.Publish(Glasses, "a:b").Srt);
        Assert.Null(addresses.Publish(Glasses, new string('t', 5000)).Rtsp);
    }

    [Fact]
    public void A_password_of_odd_letters_is_escaped()
    {
        var publish = new StreamAddresses(new PublicAddresses()).Publish(Glasses, "p&s/w@rd");
        Assert.EndsWith("&pass=p%26s%2Fw%40rd", publish.Rtmp, StringComparison.Ordinal);
        Assert.Equal("rtsp://vs:p%26s%2Fw%40rd@127.0.0.1:8554/live/glasses", publish.Rtsp);
    }

    [Fact]
    public void Servers_that_are_not_offered_have_no_address()
    {
        var none = new StreamAddresses(new PublicAddresses { Rtmp = null, Rtsp = null, Srt = null, WebRtc = null, Hls = null });
        Assert.Equal(new PublishAddresses(null, null, null, null), none.Publish(Glasses, Password));
        Assert.Equal(new WatchAddresses(null, null, null), none.Watch(Glasses, Password));
    }

    [Fact]
    public void The_addresses_follow_from_the_settings_of_a_real_MediaMTX()
    {
        var settings = JsonNode.Parse(Recorded.Read("api/config-global-get.json"))!.AsObject();
        Assert.Equal(
            new PublicAddresses
            {
                Rtmp = "rtmp://video.example:11936",
                Rtsp = "rtsp://video.example:18554",
                Srt = "srt://video.example:18890",
                WebRtc = "http://video.example:18889",
                Hls = "http://video.example:18888",
                Playback = "http://video.example:19996",
            },
            PublicAddresses.Of(settings, "video.example"));
    }

    [Theory]
    [InlineData("{}", "rtmp://[::1]:1935", "http://[::1]:8888")]
    [InlineData("""{"rtmpAddress":":1999","rtmp":true,"hlsAddress":"0.0.0.0:80"}""", "rtmp://[::1]:1999", "http://[::1]:80")]
    [InlineData("""{"rtmpEncryption":"strict","rtmpsAddress":":1936","hlsEncryption":true}""", "rtmps://[::1]:1936", "https://[::1]:8888")]
    [InlineData("""{"rtmpEncryption":"optional","rtmpAddress":7}""", "rtmp://[::1]:1935", "http://[::1]:8888")]
    [InlineData("""{"rtmp":false,"hls":false}""", null, null)]
    public void Switches_ports_and_encryption_are_followed(string json, string? rtmp, string? hls)
    {
        var addresses = PublicAddresses.Of(JsonNode.Parse(json)!.AsObject(), "::1");
        Assert.Equal((rtmp, hls, null), (addresses.Rtmp, addresses.Hls, addresses.Playback));
        Assert.Empty(addresses.Validate());
    }

    [Fact]
    public void Everything_wrong_with_addresses_is_told_at_once()
    {
        var errors = new PublicAddresses { Rtmp = "http://x", Rtsp = "rtsp://joe:hush@x", Srt = "srt://x/y", WebRtc = "https://x/webrtc?a=b", Hls = "x", Playback = "ftp://x" }.Validate();
        Assert.Equal(6, errors.Count);
        Assert.DoesNotContain(errors, e => e.Contains("hush", StringComparison.Ordinal));
        Assert.Empty(new PublicAddresses { WebRtc = "https://x/webrtc" }.Validate());
    }
}
