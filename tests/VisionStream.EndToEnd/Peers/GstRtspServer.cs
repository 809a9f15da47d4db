using System.Globalization;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// An RTSP server made of gst-rtsp-server (gst_rtsp_server.py in this folder, which says what it does). It behaves as
/// MediaMTX does: 404 while nobody publishes, readers start at the next frame and are cut off when the publisher goes,
/// RTCP sender reports with the wall clock.
/// </summary>
public sealed class GstRtspServer : IAsyncDisposable
{
    private const string Packages = "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good "
        + "gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly";

    private const string Probe = "import gi, sys; gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gst, GstRtspServer; "
        + "Gst.init(None); sys.exit(not all(map(Gst.ElementFactory.find, ['qtdemux', 'h264parse', 'x264enc', 'rtph264pay'])))";

    private readonly PythonPeer _peer;

    private GstRtspServer(PythonPeer peer, int port)
    {
        _peer = peer;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts the server and waits until it listens and its clips and patterns run.</summary>
    public static async Task<GstRtspServer> StartAsync(GstRtspOptions? options = null)
    {
        options ??= new GstRtspOptions();
        await PythonPeer.RequireAsync("gst-rtsp-server", Probe, Packages);
        var port = options.Port ?? FreePort.Next();
        List<string> arguments = ["--port", port.ToString(CultureInfo.InvariantCulture), "--publish", options.PublishPrefix];
        arguments.AddRange(options.Clips.SelectMany(clip => new[] { "--file", $"{clip.Key}={clip.Value}" }));
        arguments.AddRange(options.Patterns.SelectMany(pattern => new[] { "--pattern", $"{pattern.Key}={pattern.Value}" }));
        arguments.AddRange(options.Launches.SelectMany(launch => new[] { "--launch", $"{launch.Key}={launch.Value}" }));
        return new GstRtspServer(await PythonPeer.StartAsync("gst-rtsp-server", "gst_rtsp_server.py", arguments), port);
    }

    /// <summary>The URL of a path, to publish to and to read from.</summary>
    public string Url(string path) => $"rtsp://127.0.0.1:{Port}{path}";

    /// <summary>Waits until a client publishes on a path; <paramref name="times"/> counts from the server's start.</summary>
    public Task PublishedAsync(string path, int times = 1) => _peer.SaidAsync($"published {path}", times);

    /// <summary>Waits until a path's publisher has gone; <paramref name="times"/> counts from the server's start.</summary>
    public Task GoneAsync(string path, int times = 1) => _peer.SaidAsync($"gone {path}", times);

    /// <summary>Stops the server's process where it is: connections stay open and nothing comes. Resume ends it.</summary>
    public void Pause() => _peer.Send(UnixSignal.Pause);

    public void Resume() => _peer.Send(UnixSignal.Continue);

    public ValueTask DisposeAsync() => _peer.DisposeAsync();
}
