using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using VisionStream.Broadcaster;

namespace VisionStream.Tests.Broadcaster.Connections;

public sealed class DoorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_root_serves_subscribers_and_stays_the_hosts_for_others()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var http = new HttpClient();
        Assert.Equal("the page", await http.GetStringAsync(server.Http("/"), Cancel));
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws("/"));
        Assert.Equal("the page", await http.GetStringAsync(server.Http("/"), Cancel));
    }

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var http = new HttpClient();
        using var response = await http.GetAsync(server.Http(), Cancel);
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("websocket", response.Headers.Upgrade.ToString());
        await AssertProblem(response, "WebSocket");
    }

    [Theory]
    [InlineData("/ws?max_fps=0", "max_fps is 0")]
    [InlineData("/ws?min_confidence=2", "min_confidence is 2")]
    [InlineData("/?streams=a%20b", "'a b'")]
    public async Task A_bad_query_is_answered_before_the_upgrade(string query, string part)
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var response = await UpgradeAsync(server, query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await AssertProblem(response, part);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Version", "12")]
    [InlineData("Sec-WebSocket-Key", "dG9vIHNob3J0")]
    [InlineData("Sec-WebSocket-Key", "")]
    public async Task A_broken_handshake_is_refused(string header, string value)
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var response = await UpgradeAsync(server, "/ws", (header, value));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await AssertProblem(response, header);
    }

    [Fact]
    public async Task The_answer_to_the_key_is_that_of_the_standard()
    {
        await using var server = await BroadcasterServer.StartAsync();
        // Key and answer are the example of RFC 6455, section 1.3.
        using var response = await UpgradeAsync(server, "/ws", ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Assert.Single(response.Headers.GetValues("Sec-WebSocket-Accept")));
    }

    [Fact]
    public async Task Pages_of_other_origins_are_refused_unless_allowed()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { AllowedOrigins = ["https://app.example"] });
        foreach (var (origin, status) in new[]
        {
            ($"http://{server.Authority}", HttpStatusCode.SwitchingProtocols),
            ($"https://{server.Authority}", HttpStatusCode.SwitchingProtocols),
            ("https://app.example", HttpStatusCode.SwitchingProtocols),
            ("https://app.example:444", HttpStatusCode.Forbidden),
            ("https://evil.example", HttpStatusCode.Forbidden),
            ("null", HttpStatusCode.Forbidden),
        })
        {
            using var response = await UpgradeAsync(server, "/ws", ("Origin", origin));
            Assert.Equal((origin, status), (origin, response.StatusCode));
        }
    }

    [Fact]
    public async Task A_star_allows_every_origin()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { AllowedOrigins = ["*"] });
        using var response = await UpgradeAsync(server, "/ws", ("Origin", "https://any.example"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
    }

    [Fact]
    public async Task A_token_comes_three_ways_and_the_secret_is_never_chosen_as_subprotocol()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions
        {
            Authorize = async context =>
            {
                await Task.Yield();
                return new Visitor(BearerToken.From(context.Request) == "s3.cr-et" ? Admission.Granted : Admission.CredentialsNeeded);
            },
        });
        using var byHeader = await TestSubscriber.JoinAsync(server.Ws(), o => o.SetRequestHeader("Authorization", "Bearer s3.cr-et"));
        using var byQuery = await TestSubscriber.JoinAsync(server.Ws("/ws?token=s3.cr-et"));
        using var byProtocol = await TestSubscriber.JoinAsync(server.Ws(), o =>
        {
            o.AddSubProtocol("visionstream");
            o.AddSubProtocol("bearer.s3.cr-et");
        });
        Assert.Equal("visionstream", byProtocol.Socket.SubProtocol);
        Assert.Null(byHeader.Socket.SubProtocol);
        foreach (var query in new[] { "/ws", "/ws?token=wrong" })
        {
            using var response = await UpgradeAsync(server, query);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            await AssertProblem(response, "token");
        }
    }

    [Fact]
    public async Task Access_is_asked_at_the_door_and_again_for_a_change()
    {
        var asked = 0;
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions
        {
            Authorize = _ =>
            {
                asked++;
                return ValueTask.FromResult(new Visitor(Admission.Granted, stream => stream == Samples.Glasses));
            },
        });
        using (var response = await UpgradeAsync(server, "/ws?streams=robot,live/glasses"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            await AssertProblem(response, "robot");
        }

        using var subscriber = await TestSubscriber.JoinAsync(server.Ws("/ws?streams=live/glasses"));
        Assert.Equal(2, asked);
        await subscriber.SendAsync("""{"type":"subscribe","streams":["robot"]}""");
        Assert.Contains("robot", (await subscriber.ReadAsync("error")).GetProperty("message").GetString(), StringComparison.Ordinal);
        server.Feed.Publish(Samples.Frame(1, Samples.Robot));
        server.Feed.Publish(Samples.Frame(2));
        Assert.Equal(2, (await subscriber.ReadAsync()).GetProperty("seq").GetInt64());
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_subscription_to_all_streams_gets_those_that_may_be_seen()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions
        {
            Authorize = _ => ValueTask.FromResult(new Visitor(Admission.Granted, stream => stream == Samples.Glasses)),
        });
        server.Feed.Publish(Samples.Frame(1, Samples.Robot));
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        server.Feed.Publish(Samples.Frame(2, Samples.Robot));
        server.Feed.Publish(Samples.Frame(3));
        Assert.Equal(3, (await subscriber.ReadAsync()).GetProperty("seq").GetInt64());
        await subscriber.SendAsync("""{"type":"subscribe"}""");
        var streams = (await subscriber.ReadAsync("subscribed")).GetProperty("streams").EnumerateArray();
        Assert.DoesNotContain("robot", streams.Select(s => s.GetProperty("stream").GetString()));
        server.Feed.Publish(Samples.Frame(4, Samples.Robot));
        server.Feed.Publish(Samples.Frame(5));
        Assert.Equal(5, (await subscriber.ReadAsync()).GetProperty("seq").GetInt64());
    }

    [Theory]
    [InlineData(Admission.Refused, HttpStatusCode.Forbidden, "may not read any stream")]
    [InlineData(Admission.TryLater, HttpStatusCode.TooManyRequests, "Too many wrong keys")]
    public async Task Who_may_see_nothing_or_guesses_is_not_let_in(Admission admission, HttpStatusCode status, string sentence)
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { Authorize = _ => ValueTask.FromResult(new Visitor(admission)) });
        using var response = await UpgradeAsync(server, "/ws");
        Assert.Equal(status, response.StatusCode);
        await AssertProblem(response, sentence);
    }

    [Fact]
    public async Task A_subscriber_is_closed_when_its_token_ends()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions
        {
            Authorize = _ => ValueTask.FromResult(new Visitor(Admission.Granted, Until: DateTimeOffset.UnixEpoch)),
        });
        // The token has ended already, so the close may come before the greeting.
        using var subscriber = await TestSubscriber.ConnectAsync(server.Ws());
        Assert.Equal((int)WebSocketCloseStatus.PolicyViolation, await subscriber.ReadCloseAsync());
    }

    [Fact]
    public async Task A_check_that_fails_ends_the_connection_and_leaves_nothing_behind()
    {
        var isBroken = false;
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions
        {
            Authorize = _ => isBroken ? throw new TimeoutException("The key store is away.") : ValueTask.FromResult(Visitor.Welcome),
        });
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        using var other = await TestSubscriber.JoinAsync(server.Ws());
        isBroken = true;
        await subscriber.SendAsync("""{"type":"subscribe"}""");
        await Eventually.BecomesTrue(() => server.Hub.Count == 1, "the connection is given up");
        server.Feed.Publish(Samples.Frame(1));
        Assert.Equal(1, (await other.ReadAsync()).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_full_house_answers_503_and_a_place_that_is_left_can_be_taken()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { MaxSubscribers = 2 });
        using var first = await TestSubscriber.JoinAsync(server.Ws());
        using (await TestSubscriber.JoinAsync(server.Ws()))
        {
            using var response = await UpgradeAsync(server, "/ws");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            await AssertProblem(response, "2 places");
        }

        await Eventually.BecomesTrue(() => server.Hub.Count == 1, "the place is free again");
        using var third = await TestSubscriber.JoinAsync(server.Ws());
    }

    [Fact]
    public async Task Http2_is_served_too()
    {
        await using var server = await BroadcasterServer.StartAsync(listen: l => l.Protocols = HttpProtocols.Http2);
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws("/ws?max_fps=5"), o =>
        {
            o.HttpVersion = HttpVersion.Version20;
            o.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            o.AddSubProtocol("visionstream");
        });
        Assert.Equal("visionstream", subscriber.Socket.SubProtocol);
        server.Feed.Publish(Samples.Frame(1, null, Samples.Person));
        Assert.Equal(1, (await subscriber.ReadAsync()).GetProperty("seq").GetInt64());
        await subscriber.SendAsync("""{"type":"subscribe"}""");
        await subscriber.ReadAsync("subscribed");
        await subscriber.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
    }

    [Fact]
    public void Wrong_options_are_all_told_at_once()
    {
        var options = new BroadcasterOptions
        {
            QueueLength = 0,
            MaxSubscribers = 0,
            AllowedOrigins = ["app.example", "https://a.example/x"],
            PingInterval = TimeSpan.Zero,
        };
        Assert.Equal(5, options.Validate().Count);
        Assert.Empty(new BroadcasterOptions { AllowedOrigins = ["*", "null", "https://app.example", "http://localhost:3000"] }.Validate());
    }

    /// <summary>Sends a handshake that is right but for the header given, and returns the answer as it is.</summary>
    private static async Task<HttpResponseMessage> UpgradeAsync(BroadcasterServer server, string query, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Http(query));
        var all = new Dictionary<string, string>
        {
            ["Connection"] = "Upgrade",
            ["Upgrade"] = "websocket",
            ["Sec-WebSocket-Version"] = "13",
            ["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ==",
        };
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        foreach (var (name, value) in all)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private static async Task AssertProblem(HttpResponseMessage response, string part)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.Contains(part, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
