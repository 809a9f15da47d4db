using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace VisionStream.Tests.Broadcaster.Connections;

/// <summary>A subscriber made of .NET's own client. One reader.</summary>
internal sealed class TestSubscriber : IDisposable
{
    private readonly HttpMessageInvoker _http;

    private TestSubscriber(ClientWebSocket socket, HttpMessageInvoker http) => (Socket, _http) = (socket, http);

    public ClientWebSocket Socket { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Connects and reads the greeting.</summary>
    public static async Task<TestSubscriber> JoinAsync(Uri uri, Action<ClientWebSocketOptions>? configure = null)
    {
        var subscriber = await ConnectAsync(uri, configure);
        Assert.Equal("hello", (await subscriber.ReadAsync()).GetProperty("type").GetString());
        return subscriber;
    }

    /// <summary>Connects; with a small receive buffer, so that a subscriber which does not read is felt soon.</summary>
    public static async Task<TestSubscriber> ConnectAsync(Uri uri, Action<ClientWebSocketOptions>? configure = null)
    {
        var http = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = OpenAsync });
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        configure?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(uri, http, Cancel);
        }
        catch
        {
            socket.Dispose();
            http.Dispose();
            throw;
        }

        return new TestSubscriber(socket, http);
    }

    public async Task<byte[]> ReadBytesAsync()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            result = await Socket.ReceiveAsync(buffer.AsMemory(length), Cancel);
            length += result.Count;
        }
        while (!result.EndOfMessage);
        Assert.Equal(WebSocketMessageType.Text, result.MessageType);
        return buffer[..length];
    }

    public async Task<JsonElement> ReadAsync()
    {
        using var document = JsonDocument.Parse(await ReadBytesAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Reads on until a message of a type comes.</summary>
    public async Task<JsonElement> ReadAsync(string type)
    {
        while (true)
        {
            var message = await ReadAsync();
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => Socket.SendAsync(bytes, type, true, Cancel);

    /// <summary>Reads on until the server closes, and answers it; what came before goes to <paramref name="messages"/>.</summary>
    public async Task<int> ReadCloseAsync(List<JsonElement>? messages = null)
    {
        var buffer = new byte[256 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await Socket.ReceiveAsync(buffer.AsMemory(length), Cancel);
                length += result.Count;
            }
            while (!result.EndOfMessage);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
                return (int)Socket.CloseStatus!;
            }

            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            messages?.Add(document.RootElement.Clone());
        }
    }

    public void Dispose()
    {
        Socket.Dispose();
        _http.Dispose();
    }

    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port), cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
