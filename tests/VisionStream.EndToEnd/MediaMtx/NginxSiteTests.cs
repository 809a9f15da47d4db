using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MediaMtx;

/// <summary>The nginx site of deploy/ in a real nginx: what gets through, as what, and what does not.</summary>
public sealed class NginxSiteTests : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private WebApplication _upstream = null!;
    private NginxSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = new NginxSite(_port);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, _port));
        builder.Services.AddRoutingCore();
        _upstream = builder.Build();
        _upstream.UseWebSockets();
        _upstream.Run(AnswerAsync);
        await _upstream.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Nginx_takes_the_site_without_a_warning()
    {
        var (code, words) = await _site.CheckAsync();
        Assert.Equal((0, false), (code, words.Contains("[warn]", StringComparison.Ordinal) || words.Contains("[emerg]", StringComparison.Ordinal)));
        Assert.Contains("test is successful", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/v1/streams/live%2Fglasses/token", "/v1/streams/live%2Fglasses/token")]
    [InlineData("/webrtc/live/glasses/whep", "/live/glasses/whep")]
    [InlineData("/hls/live/glasses/index.m3u8?a=b", "/live/glasses/index.m3u8?a=b")]
    [InlineData("/playback/get?path=live%2Fglasses&start=1", "/get?path=live%2Fglasses&start=1")]
    public async Task Requests_reach_their_servers_as_they_are(string asked, string arrived)
    {
        await _site.StartAsync();
        using var client = _site.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://127.0.0.1:{_site.TlsPort}{asked}");
        request.Headers.Add("X-Forwarded-For", "192.0.2.99");
        using var answer = await client.SendAsync(request, Cancel);
        Assert.Equal($"{arrived} for 127.0.0.1 by https at 127.0.0.1:{_site.TlsPort}", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/v1/mediamtx/auth")]
    [InlineData("/v1//mediamtx/auth")]
    [InlineData("/v1/x/../mediamtx/auth")]
    [InlineData("/v1/%6dediamtx/auth")]
    [InlineData("/metrics")]
    public async Task MediaMTXs_question_and_the_figures_are_not_for_the_world(string path)
    {
        await _site.StartAsync();
        using var client = _site.Client();
        var uri = new Uri($"https://127.0.0.1:{_site.TlsPort}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var answer = await client.PostAsync(uri, new StringContent("{}"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("nginx", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WHEP_sessions_address_is_one_behind_the_proxy()
    {
        await _site.StartAsync();
        using var client = _site.Client();
        using var answer = await client.PostAsync($"https://127.0.0.1:{_site.TlsPort}/webrtc/live/glasses/whep", new StringContent("offer"), Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/webrtc/live/glasses/whep/1", new Uri(new Uri("https://127.0.0.1"), answer.Headers.Location!).AbsolutePath);
    }

    [Theory]
    [InlineData("/ws")]
    [InlineData("/")]
    public async Task WebSockets_pass(string path)
    {
        await _site.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => _site.IsOurs(certificate);
        await socket.ConnectAsync(new Uri($"wss://127.0.0.1:{_site.TlsPort}{path}?token=hush"), Cancel);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        var buffer = new byte[16];
        var result = await socket.ReceiveAsync(buffer, Cancel);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, result.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);

        // nginx writes the line when the connection has ended.
        await Until.TrueAsync(() => File.ReadAllText(_site.AccessLog).Contains($"GET {path}\"", StringComparison.Ordinal), "the line in the access log");
        Assert.DoesNotContain("hush", await File.ReadAllTextAsync(_site.AccessLog, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_TLS_there_is_only_the_way_to_TLS()
    {
        await _site.StartAsync();
        using var client = _site.Client();
        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{_site.PlainPort}/v1/streams?a=b"), Cancel);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("https://127.0.0.1/v1/streams?a=b", answer.Headers.Location?.AbsoluteUri);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[16];
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } result)
            {
                await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, context.RequestAborted);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = $"{context.Request.Path}/1";
        }

        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var headers = context.Request.Headers;
        await context.Response.WriteAsync($"{target} for {headers["X-Forwarded-For"]} by {headers["X-Forwarded-Proto"]} at {headers.Host}", context.RequestAborted);
    }
}
