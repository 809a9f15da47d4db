using System.Globalization;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// A WebRTC server made of aiortc (webrtc_server.py in this folder, which says what it does): WHEP and WHIP as MediaMTX speaks them,
/// with real ICE, DTLS and SRTP on this machine.
/// </summary>
public sealed class WebRtcServer : IAsyncDisposable
{
    private readonly PythonPeer _peer;

    private WebRtcServer(PythonPeer peer, int port)
    {
        _peer = peer;
        Port = port;
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <param name="sources">Path without a slash in front -> URL or file whose video its viewers get.</param>
    /// <param name="codec">h264 passes packets on as they are, vp8 encodes them anew (default: h264).</param>
    /// <param name="port">The port, for a server that comes back (default: a free one).</param>
    public static async Task<WebRtcServer> StartAsync(IReadOnlyDictionary<string, string> sources, string codec = "h264", int? port = null)
    {
        await PythonPeer.RequireAsync("aiortc", "import aiortc, aiohttp, numpy", "python3-aiortc python3-aiohttp");
        var chosen = port ?? FreePort.Next();
        List<string> arguments = ["--port", chosen.ToString(CultureInfo.InvariantCulture), "--codec", codec];
        arguments.AddRange(sources.SelectMany(source => new[] { "--source", $"{source.Key}={source.Value}" }));
        return new WebRtcServer(await PythonPeer.StartAsync("webrtc", "webrtc_server.py", arguments), chosen);
    }

    /// <summary>Waits until it has said a line, such as "watching live/cam", so many times since its start.</summary>
    public Task SaidAsync(string line, int times = 1) => _peer.SaidAsync(line, times);

    /// <summary>How often it has said a line since its start.</summary>
    public int Times(string line) => _peer.Times(line);

    public ValueTask DisposeAsync() => _peer.DisposeAsync();
}
