using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MediaMtx;

/// <summary>
/// What an app meets of MediaMTX, where there is none: nginx takes RTMP and asks the service about every publisher as MediaMTX does,
/// `visionstream relay` brings what comes to an RTSP server, and the parts of the control API that recording needs are answered here.
/// </summary>
internal sealed class MediaMtxStandIn : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly ConcurrentDictionary<string, bool> _records = new();
    private readonly WebApplication _app;
    private readonly GstRtspServer _rtsp;
    private NginxRtmpServer? _rtmp;
    private ServiceProcess? _relay;

    private MediaMtxStandIn(WebApplication app, GstRtspServer rtsp) => (_app, _rtsp) = (app, rtsp);

    /// <summary>Where the service is asked, http://HOST:PORT; set before anybody publishes.</summary>
    public string Service { get; set; } = "";

    public string Api => _app.Urls.Single();

    public string Rtmp => $"rtmp://127.0.0.1:{_rtmp!.Port}";

    public string Rtsp => $"rtsp://127.0.0.1:{_rtsp.Port}";

    public static async Task<MediaMtxStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var standIn = new MediaMtxStandIn(app, await GstRtspServer.StartAsync());
        app.MapPost("/on_publish", standIn.AskAsync);
        app.MapGet("/v3/paths/list", () => Results.Text("""{"itemCount":0,"pageCount":0,"items":[]}""", "application/json"));
        app.MapPatch("/v3/config/paths/patch/{**name}", standIn.PatchAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        standIn._rtmp = await NginxRtmpServer.StartAsync(onPublish: $"{standIn.Api}/on_publish");
        return standIn;
    }

    /// <summary>Whether a path is recorded.</summary>
    public bool Records(string path) => _records.GetValueOrDefault(path);

    /// <summary>Brings what is published at /live/NAME to RTSP, as MediaMTX does by itself.</summary>
    public async Task PassOnAsync(string name)
    {
        _relay = ServiceProcess.Start(["relay", _rtmp!.Url(name), _rtsp.Url($"/live/{name}")]);
        await _rtsp.PublishedAsync($"/live/{name}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        if (_rtmp is not null)
        {
            await _rtmp.DisposeAsync();
        }

        await _rtsp.DisposeAsync();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task<IResult> AskAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(TestContext.Current.CancellationToken);
        var question = new JsonObject
        {
            ["ip"] = form["addr"].ToString(),
            ["user"] = form["user"].ToString(),
            ["password"] = form["pass"].ToString(),
            ["token"] = "",
            ["action"] = "publish",
            ["path"] = $"{form["app"]}/{form["name"]}",
            ["protocol"] = "rtmp",
            ["id"] = null,
            ["query"] = "",
        };
        using var content = new StringContent(question.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        var answer = await _http.PostAsync($"{Service}/v1/mediamtx/auth", content, TestContext.Current.CancellationToken);
        return Results.StatusCode((int)answer.StatusCode);
    }

    private async Task<IResult> PatchAsync(string name, HttpRequest request)
    {
        var wanted = await JsonNode.ParseAsync(request.Body, cancellationToken: TestContext.Current.CancellationToken);
        _records[name] = (bool)wanted!["record"]!;
        return Results.Ok();
    }
}
