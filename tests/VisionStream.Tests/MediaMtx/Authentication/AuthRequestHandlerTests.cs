using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Authentication;
using VisionStream.Tests.MediaMtx.Access;

namespace VisionStream.Tests.MediaMtx.Authentication;

/// <summary>MediaMTX's authentication requests: those recorded from v1.20.1, and those of other releases and of nobody.</summary>
public class AuthRequestHandlerTests
{
    private const string Key = "robot-0123456789";

    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");

    private readonly AccessRig _rig = new(keys: [("robot", Key, "publish:live/* read:live/*"), ("boss", "boss-0123456789ab", "admin")]);

    [Fact]
    public async Task The_recorded_requests_are_answered_by_what_stands_in_them()
    {
        var cases = JsonNode.Parse(Recorded.Read("http-auth-requests.json"))!.AsArray();
        Assert.Equal(12, cases.Count);
        foreach (var recorded in cases)
        {
            var request = recorded!["request"]!.AsObject();

            // The recording's passwords are shorter than a key may be; the places they stand in are what counts.
            var text = request.ToJsonString().Replace("robot123", Key, StringComparison.Ordinal).Replace("\"tok\"", "\"boss-0123456789ab\"", StringComparison.Ordinal)
                .Replace("\"token\":\"abc\"", $"\"token\":\"{_rig.Token("read:live/glasses")}\"", StringComparison.Ordinal);
            var hasCredentials = (string?)request["password"] is { Length: > 0 } || (string?)request["token"] is { Length: > 0 };
            var expected = hasCredentials && (string?)request["password"] != "wrong" ? AuthOutcome.Granted : AuthOutcome.Denied;
            Assert.Equal((expected, (string?)recorded["case"]), (await AskAsync(text), (string?)recorded["case"]));
        }

        Assert.DoesNotContain(Key, _rig.Everything(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish", "rtmp")]
    [InlineData("publish", "rtsp")]
    [InlineData("publish", "srt")]
    [InlineData("publish", "webrtc")]
    [InlineData("read", "hls")]
    [InlineData("read", "moq")]
    [InlineData("playback", "")]
    public async Task Every_way_in_takes_a_key_for_its_stream_and_no_other(string action, string protocol)
    {
        Assert.Equal(AuthOutcome.Granted, await AskAsync(action, "live/cam", protocol, password: Key));
        Assert.Equal(AuthOutcome.Denied, await AskAsync(action, "other/cam", protocol, password: Key));
        Assert.Equal(AuthOutcome.Denied, await AskAsync(action, "live/cam", protocol));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("metrics")]
    [InlineData("pprof")]
    [InlineData("something-new")]
    public async Task Administration_and_whatever_comes_later_is_for_administrators(string action)
    {
        Assert.Equal(AuthOutcome.Denied, await AskAsync(action, "", "", password: Key));
        Assert.Equal(AuthOutcome.Granted, await AskAsync(action, "", "", password: "boss-0123456789ab"));
    }

    [Theory]
    [InlineData("token=KEY")]
    [InlineData("jwt=KEY")]
    [InlineData("user=a&pass=KEY")]
    [InlineData("x=1&jwt=nothing&token=KEY")]
    public async Task Older_releases_leave_credentials_in_the_query(string query) =>
        Assert.Equal(AuthOutcome.Granted, await AskAsync("read", "live/cam", "rtsp", query: query.Replace("KEY", Key, StringComparison.Ordinal)));

    [Fact]
    public async Task A_stream_password_publishes_over_rtmp_and_srt()
    {
        var password = _rig.Passwords.Issue(Glasses, publish: true, read: true, TimeSpan.FromHours(1)).Text;
        Assert.Equal(AuthOutcome.Granted, await AskAsync("publish", "live/glasses", "rtmp", password: password));
        Assert.Equal(AuthOutcome.Granted, await AskAsync("read", "live/glasses-annotated", "webrtc", password: password));
        Assert.Equal(AuthOutcome.Denied, await AskAsync("publish", "live/other", "srt", password: password));
    }

    [Fact]
    public async Task A_path_that_is_no_stream_is_for_administrators()
    {
        Assert.Equal(AuthOutcome.Denied, await AskAsync("read", "live/../x", "rtsp", password: Key));
        Assert.Equal(AuthOutcome.Granted, await AskAsync("read", "live/../x", "rtsp", password: "boss-0123456789ab"));
    }

    [Theory]
    [InlineData("{\"action\":\"publish\",\"path\":\"live/cam\",\"password\":\"KEY\"}", (int)AuthOutcome.Granted)]
    [InlineData("{\"action\":\"publish\",\"path\":\"live/cam\",\"password\":\"KEY\",\"id\":null,\"ip\":7,\"new\":{\"a\":[]}}", (int)AuthOutcome.Granted)]
    [InlineData("{\"action\":\"publish\",\"path\":null,\"password\":[\"KEY\"]}", (int)AuthOutcome.Denied)]
    [InlineData("{\"action\":\"\"}", (int)AuthOutcome.Malformed)]
    [InlineData("{}", (int)AuthOutcome.Malformed)]
    [InlineData("[]", (int)AuthOutcome.Malformed)]
    [InlineData("null", (int)AuthOutcome.Malformed)]
    [InlineData("", (int)AuthOutcome.Malformed)]
    [InlineData("{\"action\":\"read\",\"path\":\"\\ud800\"}", (int)AuthOutcome.Malformed)]
    [InlineData("{\"action\":\"read\"", (int)AuthOutcome.Malformed)]
    public async Task Odd_requests_are_read_as_far_as_they_go(string body, int expected) =>
        Assert.Equal((AuthOutcome)expected, await AskAsync(body.Replace("KEY", Key, StringComparison.Ordinal)));

    [Fact]
    public async Task Guessing_is_limited_by_the_clients_address_not_by_MediaMTXs()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(AuthOutcome.Denied, await AskAsync("read", "live/cam", "rtsp", password: $"guess{i}"));
        }

        Assert.Equal(AuthOutcome.Denied, await AskAsync("read", "live/cam", "rtsp", password: Key));
        Assert.Equal(AuthOutcome.Granted, await AskAsync("read", "live/cam", "rtsp", password: Key, ip: "192.0.2.8"));
    }

    private Task<AuthOutcome> AskAsync(string action, string path, string protocol, string password = "", string query = "", string ip = "192.0.2.7") =>
        AskAsync(new JsonObject
        {
            ["ip"] = ip,
            ["user"] = "somebody",
            ["password"] = password,
            ["action"] = action,
            ["path"] = path,
            ["protocol"] = protocol,
            ["query"] = query,
        }.ToJsonString());

    private async Task<AuthOutcome> AskAsync(string body) =>
        await new AuthRequestHandler(_rig.Control, _rig.Loggers.CreateLogger<AuthRequestHandler>()).HandleAsync(Encoding.UTF8.GetBytes(body));
}
