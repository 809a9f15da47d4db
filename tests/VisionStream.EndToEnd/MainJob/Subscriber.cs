using System.Net.WebSockets;
using System.Text.Json;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>A WebSocket client that is not ours: the framework's own, reading message by message. For one test.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();

    private Subscriber()
    {
    }

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<Subscriber> ConnectAsync(int port, string pathAndQuery = "/ws")
    {
        var subscriber = new Subscriber();
        await subscriber._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}{pathAndQuery}"), CancellationToken.None);
        return subscriber;
    }

    /// <summary>The next message; nothing when the service closed the connection.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Until.Patience);
        using var bytes = new MemoryStream();
        var buffer = new byte[65536];
        WebSocketReceiveResult result;
        do
        {
            result = await _socket.ReceiveAsync(buffer, patience.Token);
            bytes.Write(buffer, 0, result.Count);
        }
        while (!result.EndOfMessage);
        return result.MessageType == WebSocketMessageType.Close ? null : JsonDocument.Parse(bytes.ToArray()).RootElement;
    }

    /// <summary>Reads on until a message fits.</summary>
    public async Task<JsonElement> NextAsync(string type, Func<JsonElement, bool>? fits = null)
    {
        while (true)
        {
            var message = await NextAsync() ?? throw new Xunit.Sdk.XunitException($"The service closed the connection ({CloseStatus}).");
            if (message.GetProperty("type").GetString() == type && fits?.Invoke(message) != false)
            {
                return message;
            }
        }
    }

    /// <summary>The next so many results.</summary>
    public async Task<List<JsonElement>> DetectionsAsync(int count)
    {
        var results = new List<JsonElement>();
        while (results.Count < count)
        {
            results.Add(await NextAsync("detections"));
        }

        return results;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
