using System.Globalization;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// MediaMTX itself, where there is one: named by the variable MEDIAMTX or found on PATH. No distribution packages it, so
/// that its absence is a skip everywhere, CI included; the other servers stand in.
/// </summary>
public sealed class MediaMtxServer : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly string _configuration;

    private MediaMtxServer(PeerProcess process, string configuration, int rtspPort, int rtmpPort, int apiPort)
    {
        _process = process;
        _configuration = configuration;
        RtspPort = rtspPort;
        RtmpPort = rtmpPort;
        ApiPort = apiPort;
    }

    /// <summary>The executable, or null where there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("MEDIAMTX") is { Length: > 0 } named
        ? named
        : Peer.FindProgram("mediamtx");

    public int RtspPort { get; }

    public int RtmpPort { get; }

    /// <summary>The port of the control API, plain HTTP.</summary>
    public int ApiPort { get; }

    /// <summary>Starts the server, where anyone may publish and read any path, and waits until it listens.</summary>
    /// <param name="extra">Lines to add to the configuration file, at its top level.</param>
    public static async Task<MediaMtxServer> StartAsync(string extra = "")
    {
        Assert.SkipWhen(Program is null, "there is no MediaMTX here: no 'mediamtx' on PATH and no variable MEDIAMTX that names one");
        var (rtsp, rtmp, api) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var configuration = Path.Combine(Repository.ArtifactsOfThisTest(), $"mediamtx-{rtsp.ToString(CultureInfo.InvariantCulture)}.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            logLevel: debug
            api: yes
            apiAddress: 127.0.0.1:{{api}}
            rtspAddress: 127.0.0.1:{{rtsp}}
            rtspTransports: [tcp]
            rtmpAddress: 127.0.0.1:{{rtmp}}
            hls: no
            webrtc: no
            srt: no
            authInternalUsers:
              - user: any
                permissions: [ { action: publish }, { action: read }, { action: api } ]
            {{extra}}
            paths:
              all_others:
            """);
        var server = new MediaMtxServer(PeerProcess.Start("mediamtx", Program, [configuration]), configuration, rtsp, rtmp, api);
        try
        {
            foreach (var port in (int[])[rtsp, rtmp, api])
            {
                await server._process.ListeningAsync(port);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string RtspUrl(string path) => $"rtsp://127.0.0.1:{RtspPort}/{path}";

    public string RtmpUrl(string path) => $"rtmp://127.0.0.1:{RtmpPort}/{path}";

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_configuration);
    }
}
