using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using VisionStream.Host.Configuration;

namespace VisionStream.Tests.Host.Access;

/// <summary>Pages of web sites whose names resolve to this machine, over real sockets.</summary>
public class HostGuardTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:8765", true)]
    [InlineData("localhost.", true)]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("[::1]:8765", true)]
    [InlineData("vision.example.org", true)]
    [InlineData("Vision.Example.Org.:80", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example:8765", false)]
    [InlineData("192.0.2.7", false)]
    [InlineData("other.vision.example.org", false)]
    public async Task Without_keys_a_service_answers_to_its_own_names_only(string host, bool expected)
    {
        await using var service = await OpenAsync(o => o with { Access = new AccessSettings { HostNames = ["vision.example.org"] } });
        foreach (var path in new[] { "/v1/streams", "/metrics", "/", "/health/live" })
        {
            var answer = await service.SendAsync(HttpMethod.Get, path, null, ("Host", host));
            Assert.Equal(expected ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_refusal_says_in_a_sentence_what_to_do()
    {
        await using var service = await OpenAsync();
        var answer = await service.SendAsync(HttpMethod.Get, "/v1/streams", null, ("Host", "evil.example:8765"));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(421, (int)problem["status"]!);
        Assert.Equal(
            "This service does not go by the name 'evil.example'; call it by its address or localhost, or add the name to host_names.", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData("/ws")]
    [InlineData("/")]
    public async Task Nor_does_it_take_subscribers_that_call_it_by_another_name(string path)
    {
        await using var service = await OpenAsync();
        using var own = await service.SubscribeAsync(path);
        Assert.Equal(WebSocketState.Open, own.State);

        // The origin is what the page of a rebound name sends: the same name, which passes for our own.
        var port = service.Http.BaseAddress!.Port;
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => service.SubscribeAsync(path, o =>
        {
            o.SetRequestHeader("Host", $"evil.example:{port}");
            o.SetRequestHeader("Origin", $"http://evil.example:{port}");
        }));
        Assert.Contains("421", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_listens_everywhere_answers_to_any_address_and_to_no_other_name()
    {
        await using var service = await OpenAsync(o => o with { Listen = new IPEndPoint(IPAddress.Any, 0), Insecure = true });
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/streams", null, ("Host", "192.0.2.7:8765"))).StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await service.SendAsync(HttpMethod.Get, "/v1/streams", null, ("Host", "evil.example"))).StatusCode);
    }

    [Fact]
    public async Task With_keys_the_name_does_not_matter()
    {
        await using var service = await GuardedService.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/streams", GuardedService.Reader, ("Host", "vision.example.org"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/v1/streams", null, ("Host", "evil.example"))).StatusCode);
    }

    private static Task<GuardedService> OpenAsync(Func<ServeOptions, ServeOptions>? configure = null) =>
        GuardedService.StartAsync(o => (configure ?? (same => same))(o with { Access = new AccessSettings() }));
}
