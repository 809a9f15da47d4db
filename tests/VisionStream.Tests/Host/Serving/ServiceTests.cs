using System.Net;
using System.Net.WebSockets;
using VisionStream.Host.Configuration;
using VisionStream.Host.Serving;

namespace VisionStream.Tests.Host.Serving;

public sealed class ServiceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_are_compressed_only_when_that_is_configured(bool deflate)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var app = Service.Build(new ServeOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Deflate = deflate });
        await app.StartAsync(cancel);
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(new Uri(Service.Address(app).Replace("http", "ws", StringComparison.Ordinal) + "/ws"), cancel);

        Assert.Equal(deflate, socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
        await app.StopAsync(cancel);
    }
}
