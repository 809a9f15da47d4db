namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// nginx with its RTMP module: an RTMP server with one application, live unless told otherwise. Several publishers, any number of readers.
/// A reader that comes before the publisher waits, and stays when the publisher goes.
/// </summary>
public sealed class NginxRtmpServer : IAsyncDisposable
{
    private const string Module = "/usr/lib/nginx/modules/ngx_rtmp_module.so";

    private readonly PeerProcess _process;
    private readonly DirectoryInfo _folder;
    private readonly int _controlPort;

    private NginxRtmpServer(PeerProcess process, DirectoryInfo folder, int port, int controlPort)
    {
        _process = process;
        _folder = folder;
        Port = port;
        _controlPort = controlPort;
    }

    public int Port { get; }

    /// <summary>Where HLS is served, as <c>http://HOST:PORT</c>.</summary>
    public string HlsAddress => $"http://127.0.0.1:{_controlPort}";

    /// <summary>What lies below <see cref="HlsAddress"/>; others may write there too.</summary>
    public string HlsFolder => Path.Combine(_folder.FullName, "hls");

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <param name="port">The port to listen on, for a server that comes back (default: a free one).</param>
    /// <param name="record">Whether it writes down what it is sent, for <see cref="Recording"/> (default: false).</param>
    /// <param name="onPublish">The URL that is asked, by a posted form, whether a publisher may come in (default: null, nobody is asked).</param>
    /// <param name="application">The application's name (default: live).</param>
    /// <param name="hls">Whether it offers its streams as HLS too, at <see cref="HlsAddress"/>/live/NAME/index.m3u8 (default: false).</param>
    public static async Task<NginxRtmpServer> StartAsync(int? port = null, bool record = false, string? onPublish = null, string application = "live", bool hls = false)
    {
        var program = Peer.RequireProgram("nginx", "nginx libnginx-mod-rtmp");
        Peer.Require(File.Exists(Module), $"{Module} is not there; ./test brings it, or: apt install libnginx-mod-rtmp");
        var folder = Directory.CreateTempSubdirectory("visionstream-nginx-");
        var (rtmp, control) = (port ?? FreePort.Next(), FreePort.Next());
        folder.CreateSubdirectory("hls");
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder.FullName, rtmp, control, record, onPublish, application, hls));
        var process = PeerProcess.Start("nginx", program, ["-e", "stderr", "-p", folder.FullName, "-c", configuration]);
        var server = new NginxRtmpServer(process, folder, rtmp, control);
        try
        {
            await process.ListeningAsync(rtmp);
            await process.ListeningAsync(control);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The URL to publish to and to read from.</summary>
    public string Url(string stream) => $"rtmp://127.0.0.1:{Port}/live/{stream}";

    /// <summary>The FLV file of all that a stream's publisher sent, complete once that is gone.</summary>
    public string Recording(string stream) => Path.Combine(_folder.FullName, $"{stream}.flv");

    /// <summary>Waits until a stream's recording is complete.</summary>
    public Task RecordedAsync(string stream) => Until.TrueAsync(
        () => File.Exists(Recording(stream) + ".done"), $"the recording of {stream} to be closed");

    /// <summary>Closes the connection of a stream's publisher, as a server does that restarts a path.</summary>
    public Task DropPublisherAsync(string stream) => DropAsync("publisher", stream);

    /// <summary>Closes the connections of a stream's readers.</summary>
    public Task DropReadersAsync(string stream) => DropAsync("subscriber", stream);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task DropAsync(string who, string stream)
    {
        using var client = new HttpClient();
        var answer = await client.GetStringAsync(
            new Uri($"http://127.0.0.1:{_controlPort}/control/drop/{who}?app=live&name={stream}"), TestContext.Current.CancellationToken);
        Assert.True(int.Parse(answer) > 0, $"nginx dropped no {who} of {stream}");
    }

    // Every path that nginx writes to lies in a folder of ours, so that it runs as any user.
    private static string Configuration(string folder, int port, int controlPort, bool record, string? onPublish, string application, bool hls) => $$"""
        load_module {{Module}};
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        daemon off;
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        error_log stderr info;
        events { worker_connections 256; }
        rtmp {
          server {
            listen 127.0.0.1:{{port}};
            application {{application}} { live on; {{(record ? $"record all; record_path {folder}; exec_record_done /usr/bin/touch $path.done;" : "")}} {{(onPublish is null ? "" : $"on_publish {onPublish};")}} {{(hls ? $"hls on; hls_nested on; hls_fragment 1s; hls_playlist_length 6s; hls_cleanup off; hls_path {folder}/hls/{application};" : "")}} }
          }
        }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          server {
            listen 127.0.0.1:{{controlPort}};
            location /control { rtmp_control all; }
            location / {
              root {{folder}}/hls;
              types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; video/mp4 mp4 m4s; }
              add_header Access-Control-Allow-Origin *;
              add_header Cache-Control no-cache;
            }
          }
        }
        """;
}
