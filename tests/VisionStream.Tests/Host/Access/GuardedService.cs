using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.Core.Detections;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Host.Serving;
using VisionStream.MediaMtx.Keys;

namespace VisionStream.Tests.Host.Access;

/// <summary>The whole service on a free port, without streams: an administrator, a reader of live/*, a reader of everything. For one test.</summary>
internal sealed class GuardedService : IAsyncDisposable
{
    public const string Admin = "admin-0123456789ab";
    public const string Reader = "reader-0123456789ab";
    public const string Monitor = "monitor-0123456789ab";

    private readonly string _folder;

    private GuardedService(WebApplication app, string folder)
    {
        (App, _folder) = (app, folder);
        Http = new HttpClient { BaseAddress = new Uri(Address) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    // One that listens everywhere is called on this machine.
    private string Address => App.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);

    public DetectionFeed Feed => App.Services.GetRequiredService<DetectionFeed>();

    public IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)App).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>();

    public static async Task<GuardedService> StartAsync(Func<ServeOptions, ServeOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("visionstream-access-").FullName;
        var options = new ServeOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Access = new AccessSettings
            {
                Keys = [Key("boss", Admin, "admin"), Key("reader", Reader, "read:live/*"), Key("monitor", Monitor, "read:*")],
                SigningKeyFile = Path.Combine(folder, "signing-key.pem"),
            },
        };
        var app = Service.Build(configure?.Invoke(options) ?? options);
        await app.StartAsync(TestContext.Current.CancellationToken);
        app.Services.GetRequiredService<Startup>().Complete();
        return new GuardedService(app, folder);
    }

    public static ApiKey Key(string name, string secret, params string[] scopes) =>
        ApiKey.TryParse(name, secret, scopes, out var key, out var error) ? key : throw new FormatException(error);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task<ClientWebSocket> SubscribeAsync(string pathAndQuery, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(new Uri(new UriBuilder(Address) { Scheme = "ws" }.Uri, pathAndQuery), TestContext.Current.CancellationToken);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
