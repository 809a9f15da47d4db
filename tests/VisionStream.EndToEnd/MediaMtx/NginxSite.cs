using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MediaMtx;

/// <summary>
/// The site of deploy/nginx in a real nginx on free ports, with a certificate of its own; what it forwards goes to the upstream
/// that the test gives.
/// </summary>
internal sealed class NginxSite : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visionstream-site-");
    private readonly string _program = Peer.RequireProgram("nginx", "nginx");
    private readonly X509Certificate2 _certificate;
    private readonly int _upstream;
    private PeerProcess? _process;

    public NginxSite(int upstream)
    {
        _upstream = upstream;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=video.example.org", key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write("fullchain.pem", _certificate.ExportCertificatePem());
        Write("privkey.pem", key.ExportPkcs8PrivateKeyPem());
        Write("nginx.conf", $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            daemon off;
            worker_processes 1;
            pid {{_folder}}/nginx.pid;
            error_log stderr info;
            events { worker_connections 256; }
            http {
              client_body_temp_path {{_folder}}/body;
              proxy_temp_path {{_folder}}/proxy;
              fastcgi_temp_path {{_folder}}/fastcgi;
              uwsgi_temp_path {{_folder}}/uwsgi;
              scgi_temp_path {{_folder}}/scgi;
              include {{_folder}}/site.conf;
            }
            """);
        Write("site.conf", Site());
    }

    public int PlainPort { get; } = FreePort.Next();

    public int TlsPort { get; } = FreePort.Next();

    public string AccessLog => Path.Combine(_folder.FullName, "access.log");

    /// <summary>What nginx itself says of the configuration: its exit code and its words.</summary>
    public async Task<(int Code, string Words)> CheckAsync()
    {
        await using var check = PeerProcess.Start("nginx-t", _program, ["-t", .. Arguments()]);
        return (await check.WaitForExitAsync(), check.Tail());
    }

    public async Task StartAsync()
    {
        _process = PeerProcess.Start("nginx", _program, Arguments());
        await _process.ListeningAsync(PlainPort);
        await _process.ListeningAsync(TlsPort);
    }

    /// <summary>Whether a certificate is the site's.</summary>
    public bool IsOurs(X509Certificate? certificate) => certificate?.GetCertHashString() == _certificate.GetCertHashString();

    public HttpClient Client() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOurs(certificate),
    });

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private string[] Arguments() => ["-e", "stderr", "-p", _folder.FullName, "-c", Path.Combine(_folder.FullName, "nginx.conf")];

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    // Each replacement has to find its text, or the test would be one of another site.
    private string Site()
    {
        var site = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx", "visionstream.conf"));
        Replace("    listen [::]:80;\n", "");
        Replace("    listen [::]:443 ssl http2;\n", "");
        Replace("listen 80;", $"listen 127.0.0.1:{PlainPort};");
        Replace("listen 443 ssl http2;", $"listen 127.0.0.1:{TlsPort} ssl http2;");
        Replace("/etc/letsencrypt/live/video.example.org", _folder.FullName);
        Replace("/var/log/nginx/visionstream.log", AccessLog);
        foreach (var port in (int[])[8765, 8889, 8888, 9996])
        {
            Replace($"http://127.0.0.1:{port}", $"http://127.0.0.1:{_upstream}");
        }

        return site;

        void Replace(string old, string with)
        {
            Assert.Contains(old, site, StringComparison.Ordinal);
            site = site.Replace(old, with, StringComparison.Ordinal);
        }
    }
}
