using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;
using VisionStream.Tests.MediaMtx.Access;

namespace VisionStream.Tests.MediaMtx.Endpoints;

/// <summary>The HTTP face of access control, over real sockets.</summary>
public class MediaMtxEndpointsTests
{
    private const string Key = "robot-0123456789";
    private const string Admin = "boss-0123456789ab";
    private const string Question = """{"ip":"192.0.2.7","password":"PASSWORD","action":"publish","path":"live/cam","protocol":"rtmp","id":null}""";

    private readonly AccessRig _rig = new(keys: [("robot", Key, "publish:live/* read:live/*"), ("reader", "reader-0123456789", "read:live/*"), ("boss", Admin, "admin")]);

    [Fact]
    public async Task MediaMTX_gets_200_or_401()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, Question.Replace("PASSWORD", Key, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, Question.Replace("PASSWORD", "", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, Question.Replace("PASSWORD", "wrong", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync(server, "nonsense"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await AskAsync(server, new string(' ', 40_000)));
    }

    [Fact]
    public async Task Nobody_else_may_ask_in_MediaMTXs_name()
    {
        await using var server = await AccessServer.StartAsync(_rig, new AuthEndpointOptions { Callers = [IPNetwork.Parse("192.0.2.0/24")] });
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(server, Question.Replace("PASSWORD", Key, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(server, Question));
        Assert.Single(_rig.Log.At(LogLevel.Warning));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("X-Original-For", "127.0.0.1:5000")]
    public async Task Nor_may_anybody_through_a_proxy_on_this_machine(string header, string value)
    {
        await using var server = await AccessServer.StartAsync(_rig);
        var answer = await server.SendAsync(HttpMethod.Post, "/v1/mediamtx/auth", null, Question.Replace("PASSWORD", Key, StringComparison.Ordinal), (header, value));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_key_set_is_open_to_all()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        var answer = await server.SendAsync(HttpMethod.Get, "/v1/jwks.json");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var set = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(_rig.Signing.Id, (string?)set!["keys"]![0]!["kid"]);
    }

    [Fact]
    public async Task A_key_makes_a_token_that_opens_its_stream_alone()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        var answer = await server.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", Key, """{"rights":["read","publish"],"ttl":60}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        Assert.Equal(["token", "token_type", "stream", "rights", "expires_at"], json.Select(m => m.Key));
        Assert.Equal(("live/cam", "Bearer"), ((string?)json["stream"], (string?)json["token_type"]));
        Assert.Equal(_rig.Time.GetUtcNow().AddSeconds(60), (DateTimeOffset)json["expires_at"]!);

        var token = (string)json["token"]!;
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/v1/streams/live/cam", token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/v1/streams/live%2Fcam", token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, Question.Replace("PASSWORD", token, StringComparison.Ordinal)));
        await ProblemAsync(server.SendAsync(HttpMethod.Get, "/v1/streams/live/other", token), HttpStatusCode.Forbidden);
        await ProblemAsync(server.SendAsync(HttpMethod.Delete, "/v1/streams/live/cam", token), HttpStatusCode.Forbidden);
        _rig.Time.Advance(TimeSpan.FromSeconds(61));
        await ProblemAsync(server.SendAsync(HttpMethod.Get, "/v1/streams/live/cam", token), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Without_a_body_a_token_reads_for_an_hour()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        var answer = await server.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", Key);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("""["read"]""", json["rights"]!.ToJsonString());
        Assert.Equal(_rig.Time.GetUtcNow().AddHours(1), (DateTimeOffset)json["expires_at"]!);
    }

    [Theory]
    [InlineData("live%2Fcam", "reader-0123456789", """{"rights":["publish"]}""", HttpStatusCode.Forbidden)]
    [InlineData("other%2Fcam", Key, null, HttpStatusCode.Forbidden)]
    [InlineData("live%2Fcam", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("live%2Fcam", "wrong", null, HttpStatusCode.Unauthorized)]
    [InlineData("live%2F%2Fcam", Key, null, HttpStatusCode.BadRequest)]
    [InlineData("live%2Fcam", Key, """{"rights":["admin"]}""", HttpStatusCode.BadRequest)]
    [InlineData("live%2Fcam", Key, """{"ttl":0}""", HttpStatusCode.BadRequest)]
    [InlineData("live%2Fcam", Key, """{"ttl":86401}""", HttpStatusCode.BadRequest)]
    [InlineData("live%2Fcam", Key, """{"ttl":"long"}""", HttpStatusCode.BadRequest)]
    [InlineData("live%2Fcam", Key, "{", HttpStatusCode.BadRequest)]
    public async Task No_token_is_made_for_what_is_wrong_or_not_allowed(string name, string? key, string? body, HttpStatusCode expected)
    {
        await using var server = await AccessServer.StartAsync(_rig);
        await ProblemAsync(server.SendAsync(HttpMethod.Post, $"/v1/streams/{name}/token", key, body), expected);
    }

    [Fact]
    public async Task A_token_makes_no_tokens()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        await ProblemAsync(server.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", _rig.Token("read:live/cam")), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_refusal_says_what_would_help()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        var none = await server.SendAsync(HttpMethod.Get, "/v1/streams/live/cam");
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.Single().Scheme);
        await ProblemAsync(server.SendAsync(HttpMethod.Get, "/v1/streams/live//cam", Key), HttpStatusCode.BadRequest);
        for (var i = 0; i < 10; i++)
        {
            await ProblemAsync(server.SendAsync(HttpMethod.Get, "/v1/streams/live/cam", $"guess{i}"), HttpStatusCode.Unauthorized);
        }

        var locked = await server.SendAsync(HttpMethod.Get, "/v1/streams/live/cam", Key);
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(6), locked.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Guarded_routes_let_an_administrator_through()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Delete, "/v1/streams/live/cam", Admin)).StatusCode);
        await ProblemAsync(server.SendAsync(HttpMethod.Delete, "/v1/streams/live/cam", Key), HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/plain")]
    [InlineData("/group/plain")]
    public async Task Handlers_that_write_their_answer_themselves_are_guarded_too(string path)
    {
        await using var server = await AccessServer.StartAsync(_rig);
        await ProblemAsync(server.SendAsync(HttpMethod.Get, path), HttpStatusCode.Unauthorized);
        await ProblemAsync(server.SendAsync(HttpMethod.Get, path, Key), HttpStatusCode.Forbidden);
        var answer = await server.SendAsync(HttpMethod.Get, path, Admin);
        Assert.Equal("plain", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_caller_is_known_once_for_many_streams()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        var gate = server.Services.GetRequiredService<AccessGate>();
        var context = new DefaultHttpContext();
        Assert.Equal(AccessDecision.CredentialsNeeded, (await gate.IdentifyAsync(context)).Decision);
        context.Request.Headers.Authorization = $"Bearer {Key}";
        var caller = await gate.IdentifyAsync(context);
        Assert.Equal((AccessDecision.Granted, "robot"), (caller.Decision, caller.Name));
        Assert.True(caller.May(AccessRight.Read, StreamName.Parse("live/cam")));
        Assert.False(caller.May(AccessRight.Read, StreamName.Parse("other/cam")));
        Assert.False(caller.May(AccessRight.Read, null));
        Assert.True(caller.MayForSome(AccessRight.Publish));
        Assert.False(caller.MayForSome(AccessRight.Admin));
    }

    [Fact]
    public async Task A_route_that_declares_no_rule_is_answered_to_nobody()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        await ProblemAsync(server.SendAsync(HttpMethod.Get, "/forgotten", Admin), HttpStatusCode.Forbidden);
        Assert.Contains("/forgotten", Assert.Single(_rig.Log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routing_answers_405_and_404_by_itself()
    {
        await using var server = await AccessServer.StartAsync(_rig);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.SendAsync(HttpMethod.Post, "/plain")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, "/nowhere")).StatusCode);
    }

    [Fact]
    public async Task Open_access_needs_no_key_anywhere()
    {
        await using var server = await AccessServer.StartAsync(new AccessRig(open: true));
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Delete, "/v1/streams/live/cam")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, Question));
        var token = await server.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token");
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
    }

    private static async Task<HttpStatusCode> AskAsync(AccessServer server, string body) => (await server.SendAsync(HttpMethod.Post, "/v1/mediamtx/auth", null, body)).StatusCode;

    private static async Task ProblemAsync(Task<HttpResponseMessage> pending, HttpStatusCode expected)
    {
        var answer = await pending;
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((int)expected, (int?)problem["status"]);
    }
}
