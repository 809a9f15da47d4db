using System.Globalization;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// A WebRTC server made of aiortc (webrtc_server.py in this folder, which says what it does): WHEP and WHIP as MediaMTX speaks them,
/// with real ICE, DTLS and SRTP on this machine.
/// </summary>
public sealed class WebRtcServer : IAsyncDisposable
{
    // Not the python3 of PATH: the distribution's packages belong to the distribution's interpreter.
    private const string Python = "/usr/bin/python3";

    private readonly PeerProcess _process;

    private WebRtcServer(PeerProcess process, int port)
    {
        _process = process;
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
        await RequireAsync();
        var chosen = port ?? FreePort.Next();
        var script = Path.Combine(Repository.Root, "tests", "VisionStream.EndToEnd", "Peers", "webrtc_server.py");
        List<string> arguments = [script, "--port", chosen.ToString(CultureInfo.InvariantCulture), "--codec", codec];
        arguments.AddRange(sources.SelectMany(source => new[] { "--source", $"{source.Key}={source.Value}" }));
        var server = new WebRtcServer(PeerProcess.Start("webrtc", Python, arguments), chosen);
        try
        {
            await server._process.WaitForOutputAsync(line => line == "ready");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has said a line, such as "watching live/cam", so many times since its start.</summary>
    public Task SaidAsync(string line, int times = 1) => Until.TrueAsync(
        () => Times(line) >= times, $"the WebRTC server to say '{line}' ({times} times)");

    /// <summary>How often it has said a line since its start.</summary>
    public int Times(string line) => _process.Output.Lines().Count(said => said == line);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task RequireAsync()
    {
        const string packages = "python3-aiortc python3-aiohttp";
        Peer.Require(File.Exists(Python), $"{Python} is not installed; ./test brings it, or: apt install {packages}");
        await using var process = PeerProcess.Start("webrtc-probe", Python, ["-c", "import aiortc, aiohttp, numpy"]);
        Peer.Require(await process.WaitForExitAsync() == 0, $"aiortc is not complete; ./test brings it, or: apt install {packages}");
    }
}
