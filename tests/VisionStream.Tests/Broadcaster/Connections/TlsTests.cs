using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;

namespace VisionStream.Tests.Broadcaster.Connections;

public sealed class TlsTests
{
    [Fact]
    public async Task Behind_TLS_every_byte_goes_through_it()
    {
        using var certificate = SelfSigned();
        await using var server = await BroadcasterServer.StartAsync(listen: l => l.UseHttps(certificate));
        using var http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
        });
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"wss://{server.Authority}/ws"), http, TestContext.Current.CancellationToken);
        Assert.StartsWith("""{"type":"hello",""", await ReadAsync(socket), StringComparison.Ordinal);
        for (var i = 1; i <= 50; i++)
        {
            server.Feed.Publish(Samples.Frame(i, null, Samples.Person));
            Assert.Contains($"\"seq\":{i},", await ReadAsync(socket), StringComparison.Ordinal);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            length += result.Count;
        }
        while (!result.EndOfMessage);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
