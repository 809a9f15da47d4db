using System.Diagnostics;
using System.Globalization;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Bench;

/// <summary>
/// A real server on a free port of loopback, for the time of a bench: MediaMTX where the variable <c>MEDIAMTX</c> or PATH names one, else
/// nginx with its RTMP module.
/// </summary>
internal sealed class RtmpServer : IAsyncDisposable
{
    // Where Debian and Ubuntu put the module of libnginx-mod-rtmp.
    private const string Module = "/usr/lib/nginx/modules/ngx_rtmp_module.so";

    private readonly Process _process;
    private readonly string _folder;

    private RtmpServer(Process process, string folder, int port) => (_process, _folder, Url) = (process, folder, $"rtmp://127.0.0.1:{port}/live/bench");

    /// <summary>Which server it is, for reports.</summary>
    public static string Name => FindMediaMtx() is null ? "nginx-rtmp" : "MediaMTX";

    /// <summary>Where to publish and read.</summary>
    public string Url { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="BadInputException">There is none, or it ended; it has said on standard error why.</exception>
    public static async Task<RtmpServer> StartAsync(CancellationToken cancel)
    {
        var mediaMtx = FindMediaMtx();
        if (mediaMtx is null && !File.Exists(Module))
        {
            throw new BadInputException(
                "The bench needs a real server: install MediaMTX, or nginx and libnginx-mod-rtmp, or name one with --via rtmp://HOST/APP/KEY.");
        }

        var port = Readiness.FreePort();
        var folder = Directory.CreateTempSubdirectory("visionstream-bench-").FullName;
        var file = Path.Combine(folder, "server.conf");
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        await File.WriteAllTextAsync(file, mediaMtx is null ? NginxConfiguration(folder, address) : MediaMtxConfiguration(address), cancel);
        var start = mediaMtx is null ? new ProcessStartInfo("nginx", ["-p", folder, "-c", file]) : new ProcessStartInfo(mediaMtx, [file]);

        // Reports alone belong on the bench's standard output.
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var server = new RtmpServer(process, folder, port);
        try
        {
            await Readiness.PortAsync(port, process, cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindMediaMtx() => Environment.GetEnvironmentVariable("MEDIAMTX") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "mediamtx"))
            .FirstOrDefault(File.Exists);

    private static string NginxConfiguration(string folder, string address) => $$"""
        load_module {{Module}};
        daemon off;
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        error_log {{folder}}/error.log;
        events { worker_connections 64; }
        rtmp { server { listen {{address}}; chunk_size 4096; application live { live on; } } }
        """;

    private static string MediaMtxConfiguration(string address) => $$"""
        logLevel: warn
        rtmpAddress: {{address}}
        rtsp: no
        hls: no
        webrtc: no
        srt: no
        paths:
          all_others:
        """;
}
