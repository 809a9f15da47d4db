using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using VisionStream.Host.Configuration;

namespace VisionStream.Tests.Host.Configuration;

public sealed class ServeOptionsReaderTests
{
    [Fact]
    public void Nothing_said_means_the_defaults_of_the_design()
    {
        var options = Read();

        Assert.Equal("127.0.0.1:8765", options.Listen.ToString());
        Assert.Equal(10, options.Defaults.Fps);
        Assert.Equal(0.25, options.Defaults.Confidence);
        Assert.Equal(0.7, options.Defaults.Iou);
        Assert.Equal(300, options.Defaults.MaxDetections);
        Assert.Equal("adaptive", options.Defaults.Cadence);
        Assert.Empty(options.Defaults.Classes);
        Assert.Empty(options.Streams);
        Assert.Equal(LogLevel.Information, options.LogLevel);
    }

    [Fact]
    public void A_stream_takes_the_defaults_it_does_not_override()
    {
        var options = Read(
            ("model", "a.onnx"), ("fps", "5"), ("classes", "person, dog"),
            ("streams:0:name", "live/one"), ("streams:0:url", "rtsp://h/one"),
            ("streams:1:name", "live/two"), ("streams:1:url", "rtsp://h/two"), ("streams:1:model", "b.onnx"), ("streams:1:fps", "2.5"),
            ("streams:1:classes:0", "cat"));

        Assert.Equal(["live/one", "live/two"], options.Streams.Select(s => s.Name.Value));
        Assert.Equal(("a.onnx", 5.0), (options.Streams[0].Analysis.Model, options.Streams[0].Analysis.Fps));
        Assert.Equal(["person", "dog"], options.Streams[0].Analysis.Classes);
        Assert.Equal(("b.onnx", 2.5), (options.Streams[1].Analysis.Model, options.Streams[1].Analysis.Fps));
        Assert.Equal(["cat"], options.Streams[1].Analysis.Classes);
    }

    [Fact]
    public void What_the_command_line_says_of_a_stream_wins_over_the_file_and_keeps_the_rest()
    {
        var options = Read(
            ("model", "a.onnx"),
            ("streams:0:name", "cam"), ("streams:0:url", "rtsp://file/cam"), ("streams:0:fps", "3"),
            ("streams:0-stream:name", "cam"), ("streams:0-stream:url", "rtsp://cli/cam"));

        var stream = Assert.Single(options.Streams);
        Assert.Equal("rtsp://cli/cam", stream.Url);
        Assert.Equal(3, stream.Analysis.Fps);
    }

    [Fact]
    public void All_errors_are_reported_at_once_with_their_keys()
    {
        var e = Assert.Throws<BadInputException>(() => Read(
            ("fps", "fast"), ("iou", "1.5"), ("cadence", "sometimes"), ("modle", "x"), ("listen", "8765"),
            ("streams:0:name", "bad name"), ("streams:0:deflat", "1")));

        var lines = e.Message.Split(Environment.NewLine);
        Assert.Contains(lines, l => l.StartsWith("fps: 'fast' is not a number from 0.1 to 60", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("iou: '1.5'", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("cadence: 'sometimes' is not one of adaptive, fixed, gated", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("modle: there is no such setting", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("listen: '8765'", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("streams[0].name:", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("streams[0].url:", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("streams[0].model:", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("streams[0].deflat:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.0.0.0:8765")]
    [InlineData("*:8765")]
    [InlineData("[::]:8765")]
    [InlineData("192.168.1.5:80")]
    public void Listening_beyond_this_machine_without_keys_needs_a_word(string listen)
    {
        var e = Assert.Throws<BadInputException>(() => Read(("listen", listen)));
        Assert.Contains("--insecure", e.Message, StringComparison.Ordinal);

        Assert.Equal(listen.Replace("*", "0.0.0.0", StringComparison.Ordinal), Read(("listen", listen), ("insecure", "true")).Listen.ToString());
    }

    [Theory]
    [InlineData("localhost:9000", "127.0.0.1:9000")]
    [InlineData("[::1]:9000", "[::1]:9000")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    public void Loopback_needs_none(string listen, string expected) =>
        Assert.Equal(expected, Read(("listen", listen)).Listen.ToString());

    [Fact]
    public void Keys_open_the_way_to_any_address()
    {
        var options = Read(
            ("listen", "0.0.0.0:8765"), ("keys:0:name", "app"), ("keys:0:secret", "app-0123456789abcdef"), ("keys:0:scopes:0", "admin"),
            ("keys:1:name", "robot"), ("keys:1:secret", "sha256:" + new string('a', 64)), ("keys:1:scopes", "publish:live/*, read:*"),
            ("signing_key_file", "/etc/vs/key.pem"), ("trusted_proxies:0", "127.0.0.1"), ("trusted_proxies:1", "fd00::/8"));

        Assert.Equal(["app", "robot"], options.Access.Keys.Select(k => k.Name));
        Assert.Equal(["publish:live/*", "read:*"], options.Access.Keys[1].Scopes.Select(s => s.ToString()));
        Assert.Equal("/etc/vs/key.pem", options.Access.SigningKeyFile);
        Assert.Equal(["127.0.0.1/32", "fd00::/8"], options.Access.TrustedProxies.Select(p => p.ToString()));
        Assert.False(options.Access.IsOpen);
        Assert.DoesNotContain("0123456789abcdef", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_with_keys_is_told_at_once_and_never_a_secret()
    {
        var e = Assert.Throws<BadInputException>(() => Read(
            ("listen", "0.0.0.0:8765"),
            ("keys:0:name", "short"), ("keys:0:secret", "s3cret"), ("keys:0:scopes", "admin"),
            ("keys:1:name", "hash"), ("keys:1:secret", "sha256:s3cret"), ("keys:1:scopes", "admin"),
            ("keys:2:name", "idle"), ("keys:2:secret", "s3cret-0123456789"),
            ("keys:3:name", "odd"), ("keys:3:secret", "s3cret-0123456789"), ("keys:3:scopes", "write:all"),
            ("keys:4:secret", "s3cret-0123456789"), ("keys:4:scopes", "admin"),
            ("keys:5:name", "one"), ("keys:5:secret", "s3cret-0123456789"), ("keys:5:scopes", "admin"),
            ("keys:6:name", "one"), ("keys:6:secret", "s3cret-9876543210"), ("keys:6:scopes", "admin"),
            ("keys:7:name", "two"), ("keys:7:secret", "s3cret-0123456789"), ("keys:7:scopes", "admin"), ("keys:7:scope", "admin"),
            ("trusted_proxies", "nginx")));

        var lines = e.Message.Split(Environment.NewLine);
        Assert.Equal(9, lines.Length);
        Assert.Contains(lines, l => l.StartsWith("keys[0]: The key 'short' is shorter than 16", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("keys[1]: The hash of the key 'hash'", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("keys[2]: The key 'idle' has no scopes", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("keys[3]: 'write:all' is no scope", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("keys[4]: A key has no name", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("keys[6].name: there is another key of the name 'one'", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("keys[7].secret: the keys 'one' and 'two'", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("keys[7].scope: there is no such setting", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("trusted_proxies: 'nginx'", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_callers_may_have_opened_is_read()
    {
        var urls = Read(
            ("allowed_schemes", "rtsp, HTTP"), ("allowed_hosts:0", "*.example.org"), ("allowed_hosts:1", "192.168.1.0/24"), ("allow_private_hosts", "true")).Access.Urls;
        Assert.Equal([VisionStream.Ingest.Sources.SourceScheme.Rtsp, VisionStream.Ingest.Sources.SourceScheme.Http], urls.Schemes);
        Assert.Equal(["*.example.org"], urls.Hosts);
        Assert.Equal("192.168.1.0/24", Assert.Single(urls.Networks).ToString());
        Assert.True(urls.AllowPrivateAddresses);

        var e = Assert.Throws<BadInputException>(() => Read(("allowed_schemes", "gopher,3"), ("allowed_hosts", "a b"), ("allow_private_hosts", "maybe")));
        var lines = e.Message.Split(Environment.NewLine);
        Assert.Equal(["allowed_schemes", "allowed_schemes", "allowed_hosts", "allow_private_hosts"], lines.Select(l => l[..l.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1", 1L)]
    [InlineData("2e10", 20_000_000_000L)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("10 GB", null)]
    public void How_much_recordings_may_take_is_read(string? text, long? expected)
    {
        if (text is null || expected is not null)
        {
            Assert.Equal(expected, Read(("recordings_max_bytes", text)).RecordingsMaxBytes);
        }
        else
        {
            Assert.StartsWith("recordings_max_bytes: '", Assert.Throws<BadInputException>(() => Read(("recordings_max_bytes", text))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_of_the_service_are_read_and_have_neither_scheme_nor_port()
    {
        Assert.Equal(["vision.example.org", "nas"], Read(("host_names", "vision.example.org, nas")).Access.HostNames);
        var e = Assert.Throws<BadInputException>(() => Read(("host_names:0", "http://nas"), ("host_names:1", "nas:8765"), ("host_names:2", "nas")));
        var lines = e.Message.Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, l => Assert.StartsWith("host_names: '", l, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("keys", "")]
    [InlineData("keys", "app")]
    public void Keys_that_are_none_do_not_open_the_way(string key, string value)
    {
        var e = Assert.Throws<BadInputException>(() => Read(("listen", "0.0.0.0:8765"), (key, value)));
        Assert.Contains("no keys are configured", e.Message, StringComparison.Ordinal);
    }

    private static ServeOptions Read(params (string Key, string? Value)[] settings) =>
        ServeOptionsReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)))
            .Build());
}
