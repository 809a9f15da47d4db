using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Bench;

/// <summary>An nginx with its RTMP module on a free port of this machine, for the time of a bench.</summary>
internal sealed class NginxRtmp : IAsyncDisposable
{
    // Where Debian and Ubuntu put the module of libnginx-mod-rtmp.
    private const string Module = "/usr/lib/nginx/modules/ngx_rtmp_module.so";

    private readonly Process _process;
    private readonly string _folder;

    private NginxRtmp(Process process, string folder, int port) => (_process, _folder, Url) = (process, folder, $"rtmp://127.0.0.1:{port}/live/bench");

    /// <summary>Where to publish and read.</summary>
    public string Url { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="BadInputException">nginx or its module is not installed.</exception>
    public static async Task<NginxRtmp> StartAsync(CancellationToken cancel)
    {
        if (!File.Exists(Module))
        {
            throw new BadInputException("The bench needs a real server: install nginx and libnginx-mod-rtmp, or name one with --via rtmp://HOST/APP/KEY.");
        }

        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("visionstream-bench-").FullName;
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, $$"""
            load_module {{Module}};
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 64; }
            rtmp { server { listen 127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}}; chunk_size 4096; application live { live on; } } }
            """, cancel);
        var process = Process.Start(new ProcessStartInfo("nginx", ["-p", folder, "-c", file]) { RedirectStandardError = true })!;
        var nginx = new NginxRtmp(process, folder, port);
        await Readiness.PortAsync(port, process, cancel);
        return nginx;
    }

    /// <summary>A port of loopback that nobody uses right now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
