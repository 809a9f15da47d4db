using System.Net;
using System.Net.Sockets;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Addresses;
using VisionStream.MediaMtx.Control;

namespace VisionStream.Host.Demo;

/// <summary>The way of the demo's video: where the camera publishes it and where the service reads it. Immutable.</summary>
/// <param name="Publish">Where the camera publishes.</param>
/// <param name="Source">Where the service reads; <see langword="null"/> for MediaMTX's path of the stream's name.</param>
/// <param name="MediaMtx">MediaMTX's control API, when the video goes through one.</param>
/// <param name="Rtsp">That MediaMTX's RTSP server, or <see langword="null"/>.</param>
internal sealed record DemoRoute(string Publish, string? Source, string? MediaMtx, string? Rtsp)
{
    /// <summary>The stream's name.</summary>
    public static readonly StreamName Stream = StreamName.Parse("demo/scene");

    // Somebody on this machine answers at once or not at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>Through a MediaMTX that answers at an address, else straight into the service's own RTMP listener.</summary>
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

        return new DemoRoute($"{rtmp}/{Stream}", null, api, rtsp);
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
