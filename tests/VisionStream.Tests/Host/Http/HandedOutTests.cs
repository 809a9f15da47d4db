using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VisionStream.Host.Configuration;
using VisionStream.Tests.Host.Access;

namespace VisionStream.Tests.Host.Http;

/// <summary>What a creator is handed with a stream, over real sockets: good for that stream's life and no longer.</summary>
public class HandedOutTests
{
    private static readonly object Request = new { name = "live/handed", annotate = false };

    [Fact]
    public async Task Token_and_passwords_end_with_the_stream_they_were_made_for()
    {
        using var files = new TinyModels();
        var key = files.File("key.pem");
        var state = files.File("state.json");
        (string Token, string Password) first;
        await using (var service = await StartAsync(key, state))
        {
            first = await PostAsync(service);
            Assert.Equal(HttpStatusCode.OK, await ReadAsync(service, first.Token));
            Assert.Equal(HttpStatusCode.OK, await PublishAsync(service, first.Password));
        }

        // Over a restart the stream is the same one.
        await using var again = await StartAsync(key, state);
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(again, first.Token));
        Assert.Equal(HttpStatusCode.OK, await PublishAsync(again, first.Password));

        // A camera that has not noticed tries on and locks nobody out.
        again.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GuardedService.Admin);
        Assert.Equal(HttpStatusCode.NoContent, (await again.SendAsync(HttpMethod.Delete, "/v1/streams/live%2Fhanded")).Status);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PublishAsync(again, first.Password));
            Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(again, first.Token));
        }

        var second = await PostAsync(again);
        Assert.Equal(HttpStatusCode.Unauthorized, await PublishAsync(again, first.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(again, first.Token));
        Assert.Equal(HttpStatusCode.OK, await PublishAsync(again, second.Password));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(again, second.Token));
    }

    [Fact]
    public async Task The_password_for_watching_makes_a_reader_of_that_stream_alone_and_only_who_may_publish_is_shown_where_to_speak()
    {
        using var files = new TinyModels();
        await using var service = await StartAsync(files.File("key.pem"), files.File("state.json"));
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GuardedService.Admin);
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "live/other", annotate = false });
        var made = (await service.SendAsync(HttpMethod.Post, "/v1/streams", Request)).Json;
        var talk = made.GetProperty("talk").GetString()!;
        Assert.EndsWith("/live/handed-talk/whip", talk, StringComparison.Ordinal);

        // The token is for both, the password in the address for watching.
        var password = new Uri(made.GetProperty("watch").GetProperty("rtsp").GetString()!).UserInfo.Split(':')[1];
        Assert.Equal((talk, talk), await TalkAsync(service, made.GetProperty("token").GetString()!));
        Assert.Equal((null, null), await TalkAsync(service, password));

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(service));
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", password);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/v1/streams")).Status);
    }

    private static async Task<HttpStatusCode> DeleteAsync(LiveService service)
    {
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GuardedService.Admin);
        return (await service.SendAsync(HttpMethod.Delete, "/v1/streams/live%2Fhanded")).Status;
    }

    // From the list, which has this stream alone, and from the stream's own facts.
    private static async Task<(string? Listed, string? Own)> TalkAsync(LiveService service, string credential)
    {
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        var listed = Assert.Single((await service.SendAsync(HttpMethod.Get, "/v1/streams")).Json.GetProperty("streams").EnumerateArray());
        Assert.Equal("live/handed", listed.GetProperty("name").GetString());
        return (listed.GetProperty("talk").GetString(), (await service.SendAsync(HttpMethod.Get, "/v1/streams/live%2Fhanded")).Json.GetProperty("talk").GetString());
    }

    private static Task<LiveService> StartAsync(string key, string state) => LiveService.StartAsync((o, _) => o with
    {
        Access = new AccessSettings { Keys = [GuardedService.Key("boss", GuardedService.Admin, "admin")], SigningKeyFile = key },

        // Nobody listens there: addresses are all that is wanted of it.
        MediaMtx = new MediaMtxSettings { Api = "http://127.0.0.1:1" },
        StateFile = state,
    });

    private static async Task<(string Token, string Password)> PostAsync(LiveService service)
    {
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GuardedService.Admin);
        var answer = await service.SendAsync(HttpMethod.Post, "/v1/streams", Request);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var rtmp = answer.Json.GetProperty("publish").GetProperty("rtmp").GetString()!;
        return (answer.Json.GetProperty("token").GetString()!, rtmp[(rtmp.IndexOf("pass=", StringComparison.Ordinal) + 5)..]);
    }

    private static async Task<HttpStatusCode> ReadAsync(LiveService service, string token)
    {
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await service.SendAsync(HttpMethod.Get, "/v1/streams/live%2Fhanded")).Status;
    }

    private static async Task<HttpStatusCode> PublishAsync(LiveService service, string password)
    {
        service.Http.DefaultRequestHeaders.Authorization = null;
        using var question = JsonContent.Create(new JsonObject
        {
            ["user"] = "",
            ["password"] = "",
            ["token"] = "",
            ["ip"] = "192.0.2.7",
            ["action"] = "publish",
            ["path"] = "live/handed",
            ["protocol"] = "rtmp",
            ["query"] = $"user=vs&pass={password}",
        });
        return (await service.Http.PostAsync("/v1/mediamtx/auth", question, TestContext.Current.CancellationToken)).StatusCode;
    }
}
