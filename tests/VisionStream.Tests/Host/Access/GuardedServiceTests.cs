using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using VisionStream.Host.Configuration;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.Host.Access;

/// <summary>The rules over real sockets: reads, figures, subscriptions, pages of others.</summary>
public class GuardedServiceTests
{
    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/v1/jwks.json", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/app.js", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/streams", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/streams/live/cam", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/streams/live%2Fcam/snapshot.jpg", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/streams/live%2Fcam/preview.mjpeg", HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task What_can_be_had_without_a_key(string path, HttpStatusCode expected)
    {
        await using var service = await GuardedService.StartAsync();
        Assert.Equal(expected, (await service.SendAsync(HttpMethod.Get, path)).StatusCode);
    }

    [Theory]
    [InlineData("/metrics", GuardedService.Monitor, HttpStatusCode.OK)]
    [InlineData("/metrics", GuardedService.Admin, HttpStatusCode.OK)]
    [InlineData("/metrics", GuardedService.Reader, HttpStatusCode.Forbidden)]
    [InlineData("/v1/streams/live/cam", GuardedService.Reader, HttpStatusCode.NotFound)]
    [InlineData("/v1/streams/live%2Fcam/snapshot.jpg", GuardedService.Reader, HttpStatusCode.NotFound)]
    [InlineData("/v1/streams/robot/snapshot.jpg", GuardedService.Reader, HttpStatusCode.Forbidden)]
    [InlineData("/v1/streams/a//b/snapshot.jpg", GuardedService.Reader, HttpStatusCode.BadRequest)]
    public async Task What_a_key_opens(string path, string key, HttpStatusCode expected)
    {
        await using var service = await GuardedService.StartAsync();
        Assert.Equal(expected, (await service.SendAsync(HttpMethod.Get, path, key)).StatusCode);
    }

    [Theory]
    [InlineData("/v1/streams")]
    [InlineData("/api/status")]
    public async Task What_only_looks_like_a_streams_password_opens_nothing_and_makes_its_address_wait(string path)
    {
        await using var service = await GuardedService.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, path, $"vs-{i}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await service.SendAsync(HttpMethod.Get, path, GuardedService.Reader)).StatusCode);
    }

    [Fact]
    public async Task Ten_wrong_keys_make_an_address_wait()
    {
        await using var service = await GuardedService.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/v1/streams", $"wrong{i}")).StatusCode);
        }

        var locked = await service.SendAsync(HttpMethod.Get, "/v1/streams", GuardedService.Reader);
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.NotNull(locked.Headers.RetryAfter);
        Assert.Equal("application/problem+json", locked.Content.Headers.ContentType?.MediaType);
        var closed = await Assert.ThrowsAsync<WebSocketException>(() => service.SubscribeAsync("/ws", o => Bearer(o, GuardedService.Reader)));
        Assert.Contains("429", closed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscriber_gets_the_streams_that_its_key_reads()
    {
        await using var service = await GuardedService.StartAsync();
        using var reader = await service.SubscribeAsync("/ws", o => Bearer(o, GuardedService.Reader));
        using var monitor = await service.SubscribeAsync("/", o =>
        {
            o.AddSubProtocol("visionstream");
            o.AddSubProtocol($"bearer.{GuardedService.Monitor}");
        });
        Assert.Equal(("hello", "hello"), (await TypeAsync(reader), await TypeAsync(monitor)));
        service.Feed.Publish(Samples.Frame(1, Samples.Robot));
        service.Feed.Publish(Samples.Frame(2));
        Assert.Equal("live/glasses", (string?)(await NextAsync(reader))["stream"]);
        Assert.Equal("robot", (string?)(await NextAsync(monitor))["stream"]);
    }

    [Theory]
    [InlineData("/ws", null, "401")]
    [InlineData("/", null, "401")]
    [InlineData("/ws?token=wrong", null, "401")]
    [InlineData("/ws?token=vs-", null, "401")]
    [InlineData("/ws?token=vs-r9999999999-00000000-AAAAAAAAAAAAAAAAAAAAAA", null, "401")]
    [InlineData("/ws?streams=robot", GuardedService.Reader, "403")]
    public async Task Others_get_none(string path, string? key, string status)
    {
        await using var service = await GuardedService.StartAsync();
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => service.SubscribeAsync(path, o => Bearer(o, key)));
        Assert.Contains(status, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://app.example", HttpStatusCode.OK)]
    public async Task Pages_of_other_origins_change_nothing(string origin, HttpStatusCode expected)
    {
        await using var service = await GuardedService.StartAsync(o => o with { AllowedOrigins = ["https://app.example"] });
        var answer = await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", GuardedService.Reader, ("Origin", origin));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Nor_do_they_where_no_key_is_needed()
    {
        await using var service = await GuardedService.StartAsync(o => o with { Access = new AccessSettings() });
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", null, ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        var page = service.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", null, ("Origin", page))).StatusCode);
    }

    [Fact]
    public async Task An_allowed_page_may_read_the_answers_in_its_browser()
    {
        await using var service = await GuardedService.StartAsync(o => o with { AllowedOrigins = ["https://app.example"] });
        var asked = await service.SendAsync(HttpMethod.Options, "/v1/streams", null,
            ("Origin", "https://app.example"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization"));
        Assert.Equal(["https://app.example"], asked.Headers.GetValues("Access-Control-Allow-Origin"));
        var other = await service.SendAsync(HttpMethod.Get, "/v1/streams", GuardedService.Reader, ("Origin", "https://evil.example"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_trusted_proxy_tells_who_asks_and_others_tell_nothing()
    {
        await using var service = await GuardedService.StartAsync(o => o with { Access = o.Access with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] } });
        for (var i = 0; i < 10; i++)
        {
            await service.SendAsync(HttpMethod.Get, "/v1/streams", $"wrong{i}", ("X-Forwarded-For", "192.0.2.7"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await service.SendAsync(HttpMethod.Get, "/v1/streams", GuardedService.Reader, ("X-Forwarded-For", "192.0.2.7"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/streams", GuardedService.Reader, ("X-Forwarded-For", "192.0.2.8"))).StatusCode);

        await using var careful = await GuardedService.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await careful.SendAsync(HttpMethod.Get, "/v1/streams", $"wrong{i}", ("X-Forwarded-For", $"192.0.2.{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await careful.SendAsync(HttpMethod.Get, "/v1/streams", GuardedService.Reader)).StatusCode);
    }

    [Fact]
    public async Task Tokens_outlive_a_restart_by_the_file_of_their_key()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("visionstream-key-").FullName, "signing-key.pem");
        string token;
        await using (var first = await GuardedService.StartAsync(o => o with { Access = o.Access with { SigningKeyFile = file } }))
        {
            var answer = await first.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", GuardedService.Reader);
            token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["token"]!;
        }

        await using var second = await GuardedService.StartAsync(o => o with { Access = o.Access with { SigningKeyFile = file } });
        Assert.Equal(HttpStatusCode.NotFound, (await second.SendAsync(HttpMethod.Get, "/v1/streams/live/cam", token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.SendAsync(HttpMethod.Get, "/v1/streams/live/other", token)).StatusCode);
    }

    private static void Bearer(ClientWebSocketOptions options, string? key)
    {
        if (key is not null)
        {
            options.SetRequestHeader("Authorization", $"Bearer {key}");
        }
    }

    private static async Task<string?> TypeAsync(ClientWebSocket socket) => (string?)(await NextAsync(socket))["type"];

    private static async Task<JsonNode> NextAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var result = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
        Assert.True(result.EndOfMessage && result.MessageType == WebSocketMessageType.Text);
        return JsonNode.Parse(buffer.AsSpan(0, result.Count))!;
    }
}
