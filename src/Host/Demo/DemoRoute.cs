using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Streams;
using VisionStream.Ingest;
using VisionStream.MediaMtx.Addresses;
using VisionStream.MediaMtx.Control;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Demo;

/// <summary>The way of the demo's video: where the camera publishes it and where the service reads it. Immutable.</summary>
/// <param name="Publish">Where the camera publishes.</param>
/// <param name="Source">Where the service reads; <see langword="null"/> for MediaMTX's path of the stream's name.</param>
/// <param name="MediaMtx">MediaMTX's control API, when the video goes through one.</param>
/// <param name="Rtsp">That MediaMTX's RTSP server, or <see langword="null"/>.</param>
/// <param name="Refusal">A sentence that says why a MediaMTX that answered is not used, or <see langword="null"/>.</param>
internal sealed record DemoRoute(string Publish, string? Source, string? MediaMtx, string? Rtsp, string? Refusal = null)
{
    /// <summary>The stream's name.</summary>
    public static readonly StreamName Stream = StreamName.Parse("demo/scene");

    // Where nobody listens that is known at once; a busy machine may need a while to answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // MediaMTX lets a publisher whom it refuses wait for two seconds.
    private static readonly TimeSpan TrialPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TrialInterval = TimeSpan.FromSeconds(0.1);

    /// <summary>Through a MediaMTX that answers at an address and takes the camera's video, else straight into the service's own RTMP listener.</summary>
    /// <param name="api">MediaMTX's control API; <see langword="null"/> not to look for one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends the search.</param>
    public static async Task<DemoRoute> FindAsync(string? api, TimeProvider time, CancellationToken cancel)
    {
        if (api is null)
        {
            return OwnListener();
        }

        using var client = new MediaMtxClient(new MediaMtxOptions { Api = api, Deadline = Patience }, time);
        var settings = await client.GetGlobalConfigurationAsync(cancel);
        if (!settings.IsOk || PublicAddresses.Of(settings.Value, new Uri(api).Host) is not { Rtmp: { } rtmp, Rtsp: { } rtsp })
        {
            return OwnListener();
        }

        var route = new DemoRoute($"{rtmp}/{Stream}", null, api, rtsp);
        return await TryAsync(route, client, time, cancel) is not { } why
            ? route
            : OwnListener() with { Refusal = $"The MediaMTX at {api} does not take {Stream}, so the demo does without it: {why}" };
    }

    // Publishes for a moment. Only MediaMTX's own word counts: it may say yes to a publisher first and close the connection then.
    private static async Task<string?> TryAsync(DemoRoute route, MediaMtxClient client, TimeProvider time, CancellationToken cancel)
    {
        if (!MediaLibraries.TryLoad(out var media))
        {
            return media;
        }

        await using var camera = DemoCamera.Start(TargetUrl.Parse(route.Publish), NullLogger.Instance, time);
        using var timer = new PeriodicTimer(TrialInterval, time);
        var start = time.GetTimestamp();
        while (camera.Status.LastError.Length == 0 && time.GetElapsedTime(start) < TrialPatience && await timer.WaitForNextTickAsync(cancel))
        {
            if (camera.Status.Connections > 0 && (await client.GetPathAsync(Stream, cancel)).Value?.Online == true)
            {
                return null;
            }
        }

        return camera.Status.LastError is { Length: > 0 } error ? error : "it says neither yes nor no.";
    }

    private static DemoRoute OwnListener()
    {
        var address = $"rtmp://127.0.0.1:{FreePort()}/{Stream}";
        return new DemoRoute(address, address + "?listen=1", null, null);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
