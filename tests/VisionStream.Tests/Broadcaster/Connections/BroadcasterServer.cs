using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VisionStream.Broadcaster;
using VisionStream.Broadcaster.FanOut;
using VisionStream.Broadcaster.Hosting;
using VisionStream.Core.Detections;

namespace VisionStream.Tests.Broadcaster.Connections;

/// <summary>The broadcaster on a real Kestrel on loopback, with a page of the host's at <c>/</c> and a feed that the test publishes to.</summary>
internal sealed class BroadcasterServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private BroadcasterServer(WebApplication app) => _app = app;

    public DetectionFeed Feed => _app.Services.GetRequiredService<DetectionFeed>();

    public SubscriberHub Hub => _app.Services.GetRequiredService<SubscriberHub>();

    public IServiceProvider Services => _app.Services;

    public RecordedLog Log { get; private init; } = new();

    public string Authority => new Uri(_app.Urls.Single()).Authority;

    public static async Task<BroadcasterServer> StartAsync(
        BroadcasterOptions? options = null, TimeProvider? time = null, int port = 0, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var log = new RecordedLog();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, port, l =>
        {
            l.Protocols = HttpProtocols.Http1;
            listen?.Invoke(l);
        }));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Debug));
        builder.Services.AddSingleton<DetectionFeed>();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddBroadcaster(options ?? new BroadcasterOptions());
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/", () => "the page");
        app.MapBroadcaster();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new BroadcasterServer(app) { Log = log };
    }

    public Uri Ws(string pathAndQuery = "/ws") => new($"ws://{Authority}{pathAndQuery}");

    public Uri Http(string pathAndQuery = "/ws") => new($"http://{Authority}{pathAndQuery}");

    public async Task StopAsync()
    {
        _stopped = true;
        await _app.StopAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        var pool = Hub.Pool;
        await _app.DisposeAsync();
        Assert.Equal(0, pool.Outstanding);
    }
}
