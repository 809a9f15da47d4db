using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using VisionStream.Tests.MediaMtx;

namespace VisionStream.Tests.Host.Access;

/// <summary>MediaMTX's question to the whole service, over real sockets: every action, protocol and place of a credential.</summary>
public class MediaMtxAuthTests
{
    private const string Camera = "camera-0123456789ab";

    [Theory]
    [InlineData("publish", true)]
    [InlineData("read", true)]
    [InlineData("playback", true)]
    [InlineData("api", false)]
    [InlineData("metrics", false)]
    [InlineData("pprof", false)]
    [InlineData("an-action-of-a-later-release", false)]
    public async Task A_key_is_let_in_for_its_actions_by_every_protocol_and_in_every_place(string action, bool granted)
    {
        await using var service = await StartAsync();
        foreach (var protocol in new[] { "rtsp", "rtmp", "hls", "webrtc", "srt", "moq", "" })
        {
            foreach (var place in new[] { "token", "password", "query:pass", "query:token", "query:jwt" })
            {
                Assert.Equal(granted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await AskAsync(service, action, protocol, place, Camera));
            }

            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, action, protocol, "password", ""));
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(service, action, "rtsp", "password", GuardedService.Admin));
    }

    [Fact]
    public async Task What_a_real_MediaMTX_asked_is_answered_by_who_asks()
    {
        await using var service = await StartAsync();
        foreach (var entry in JsonNode.Parse(Recorded.Read("http-auth-requests.json"))!.AsArray())
        {
            var (name, request) = ((string)entry!["case"]!, entry["request"]!);
            var text = request.ToJsonString();
            var known = text.Contains("robot123", StringComparison.Ordinal);
            var answer = await PostAsync(service, text.Replace("robot123", Camera, StringComparison.Ordinal));
            Assert.True(answer == (known ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), $"{name} was answered {answer}");
        }
    }

    private static Task<GuardedService> StartAsync() => GuardedService.StartAsync(o => o with
    {
        Access = o.Access with { Keys = [.. o.Access.Keys, GuardedService.Key("camera", Camera, "publish:live/*", "read:live/*")] },
    });

    private static Task<HttpStatusCode> AskAsync(GuardedService service, string action, string protocol, string place, string credential)
    {
        var question = new JsonObject
        {
            ["user"] = "any",
            ["password"] = place == "password" ? credential : "",
            ["token"] = place == "token" ? credential : "",
            ["ip"] = "192.0.2.7",
            ["action"] = action,
            ["path"] = action is "api" or "metrics" or "pprof" ? "" : "live/glasses",
            ["protocol"] = protocol,
            ["id"] = null,
            ["query"] = place.StartsWith("query:", StringComparison.Ordinal) ? $"user=vs&{place["query:".Length..]}={credential}" : "",
            ["userAgent"] = "something",
            ["aFieldOfALaterRelease"] = 1,
        };
        return PostAsync(service, question.ToJsonString());
    }

    private static async Task<HttpStatusCode> PostAsync(GuardedService service, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return (await service.Http.PostAsync("/v1/mediamtx/auth", content, TestContext.Current.CancellationToken)).StatusCode;
    }
}
