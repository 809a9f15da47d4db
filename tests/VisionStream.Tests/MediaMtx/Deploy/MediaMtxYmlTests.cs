using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VisionStream.Tests.MediaMtx.Deploy;

/// <summary>deploy/mediamtx.yml against what is known of v1.11 to v1.20: MediaMTX does not start at an unknown key.</summary>
public class MediaMtxYmlTests
{
    // What came between v1.11 and v1.20.1, or went.
    private static readonly string[] NotCommon =
    [
        "useAbsoluteTimestamp", "recordMaxPartSize", "udpReadBufferSize", "logStructured", "alwaysAvailable", "alwaysAvailableTracks",
        "alwaysAvailableFile", "fallback", "forward", "authHTTPFingerprint", "authJWTIssuer", "authJWTAudience", "moq", "dumpPackets",
        "rtspTrustedProxies", "rtmpTrustedProxies", "hlsCDNSecret", "protocols", "encryption", "apiAllowOrigins", "hlsAllowOrigins",
        "runOnAvailable", "runOnOnline", "runOnReady", "authJWTInHTTPQuery", "rtspUDPReadBufferSize",
    ];

    private readonly Dictionary<object, object?> _yml = DeployFile.Yaml("mediamtx.yml");

    [Fact]
    public void Every_key_is_one_of_v1_20_with_a_value_of_its_kind()
    {
        var known = JsonNode.Parse(Recorded.Read("api/config-global-get.json"))!.AsObject();
        foreach (var (key, value) in _yml.Where(e => (string)e.Key is not ("paths" or "pathDefaults")))
        {
            Check(known, (string)key, value);
        }

        var defaults = JsonNode.Parse(Recorded.Read("api/config-pathdefaults-get.json"))!.AsObject();
        foreach (var (key, value) in (Dictionary<object, object?>)_yml["pathDefaults"]!)
        {
            Check(defaults, (string)key, value);
        }
    }

    [Fact]
    public void No_key_is_newer_than_v1_11_or_older()
    {
        var keys = _yml.Keys.Concat(((Dictionary<object, object?>)_yml["pathDefaults"]!).Keys).Cast<string>().ToList();
        Assert.True(keys.Count > 20);
        Assert.Empty(keys.Intersect(NotCommon));
        Assert.DoesNotContain(keys, k => k.StartsWith("runOn", StringComparison.Ordinal) || k.StartsWith("moq", StringComparison.Ordinal)
            || k.EndsWith("AllowOrigin", StringComparison.Ordinal) || k.EndsWith("AllowOrigins", StringComparison.Ordinal));
    }

    [Fact]
    public void Access_is_decided_by_VisionStream_at_the_route_it_serves()
    {
        Assert.Equal("http", _yml["authMethod"]);
        Assert.Equal("http://127.0.0.1:8765/v1/mediamtx/auth", _yml["authHTTPAddress"]);
        var excluded = Assert.IsType<Dictionary<object, object>>(Assert.Single((IList)_yml["authHTTPExclude"]!));
        Assert.Equal("metrics", Assert.Single(excluded).Value);
    }

    [Theory]
    [InlineData("apiAddress")]
    [InlineData("metricsAddress")]
    [InlineData("playbackAddress")]
    [InlineData("hlsAddress")]
    [InlineData("webrtcAddress")]
    public void What_nginx_or_VisionStream_asks_listens_on_loopback(string key) =>
        Assert.StartsWith("127.0.0.1:", Assert.IsType<string>(_yml[key]), StringComparison.Ordinal);

    [Fact]
    public void Servers_have_ports_of_their_own()
    {
        var ports = _yml.Where(e => ((string)e.Key).EndsWith("Address", StringComparison.Ordinal) && (string)e.Key != "authHTTPAddress")
            .Select(e => ((string)e.Value!).Split(':')[^1]).ToList();
        Assert.Equal(9, ports.Count);
        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(ports, p => Assert.InRange(int.Parse(p, CultureInfo.InvariantCulture), 1024, 65535));
    }

    [Fact]
    public void Any_name_may_be_published() => Assert.Equal(["all_others"], ((Dictionary<object, object?>)_yml["paths"]!).Keys.Cast<string>());

    private static void Check(JsonObject known, string key, object? value)
    {
        Assert.True(known.ContainsKey(key), $"v1.20.1 has no key {key}");
        var fits = known[key]?.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => value is "yes" or "no",
            JsonValueKind.Array => value is IList,
            JsonValueKind.String => value is string,
            JsonValueKind.Number => value is string text && double.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => false,
        };
        Assert.True(fits, $"{key} is {value}");
    }
}
