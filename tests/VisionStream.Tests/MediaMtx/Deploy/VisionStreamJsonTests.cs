using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Addresses;

namespace VisionStream.Tests.MediaMtx.Deploy;

public class VisionStreamJsonTests
{
    [Theory]
    [InlineData("", "http://video.example.org:8889/live/glasses/whep", "http://video.example.org:8888/live/glasses/index.m3u8", "http://video.example.org:9996")]
    [InlineData(
        "https://video.example.org", "https://video.example.org/webrtc/live/glasses/whep", "https://video.example.org/hls/live/glasses/index.m3u8",
        "https://video.example.org/playback")]
    public void The_containers_configuration_is_one_that_the_service_takes(string url, string whep, string hls, string playback)
    {
        // With the key that compose.yml asks for; without one the service would not listen there.
        var service = (Dictionary<object, object>)((Dictionary<object, object?>)DeployFile.Yaml("compose.yml")["services"]!)["visionstream"]!;
        var environment = ((Dictionary<object, object>)service["environment"]).ToDictionary(e => (string)e.Key, e => (string?)e.Value);
        var settings = environment.Where(e => e.Key.StartsWith("VISIONSTREAM__", StringComparison.Ordinal))
            .ToDictionary(e => e.Key["VISIONSTREAM__".Length..].Replace("__", ":", StringComparison.Ordinal), e => (string?)Interpolated(e.Value!, url));
        var file = new ConfigurationBuilder().AddJsonFile(DeployFile.PathOf("visionstream.json"));
        Assert.Contains("no keys are configured", Assert.Throws<BadInputException>(() => ServeOptionsReader.Read(file.Build())).Message, StringComparison.Ordinal);

        var options = ServeOptionsReader.Read(file.AddInMemoryCollection(settings).Build());
        Assert.Equal(new IPEndPoint(IPAddress.Any, 8765), options.Listen);
        Assert.Equal("/models/model.onnx", options.Defaults.Model);
        Assert.Equal("admin", Assert.Single(Assert.Single(options.Access.Keys).Scopes).ToString());
        Assert.Equal("http://127.0.0.1:9997", options.MediaMtx?.Api);
        Assert.Equal((whep, hls, playback), Offered(options));
    }

    [Fact]
    public void Behind_nginx_the_service_gives_out_nginxs_own_locations()
    {
        var json = DeployFile.Text("nginx/visionstream.json").Replace("sha256:HASH", "sha256:" + new string('0', 64), StringComparison.Ordinal);
        var options = ServeOptionsReader.Read(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
        Assert.Equal(
            ("https://video.example.org/webrtc/live/glasses/whep", "https://video.example.org/hls/live/glasses/index.m3u8", "https://video.example.org/playback"),
            Offered(options));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8765), options.Listen);

        var site = DeployFile.Text("nginx/visionstream.conf");
        Assert.Contains("server_name video.example.org;", site, StringComparison.Ordinal);
        var ports = Regex.Matches(site, @"location (/\w+/) \{\s+proxy_pass http://127\.0\.0\.1:(\d+)/;").ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.Equal(("8889", "8888", "9996"), (ports["/webrtc/"], ports["/hls/"], ports["/playback/"]));
    }

    // What a caller is given who came by the name of nginx's site.
    private static (string? Whep, string? Hls, string? Playback) Offered(ServeOptions options)
    {
        var addresses = new MediaServer(options.MediaMtx!, ownKey: null).AddressesFor("video.example.org");
        var watch = new StreamAddresses(addresses).Watch(StreamName.Parse("live/glasses"), null);
        return (watch.Whep, watch.Hls, addresses.Playback);
    }

    // As Compose does it with ${NAME:+TEXT}, TEXT with ${NAME} in it.
    private static string Interpolated(string text, string url) => Regex.Replace(
        text, @"\$\{VISIONSTREAM_URL:\+\$\{VISIONSTREAM_URL\}([^}]*)\}", m => url.Length > 0 ? url + m.Groups[1].Value : "");
}
