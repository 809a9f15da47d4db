using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace VisionStream.Broadcaster.Client;

/// <summary>
/// One reader at a time. Subscribes to a VisionStream service and gives its messages one by one; connects again for ever when the
/// connection is lost, after 0.5 s to 10 s, each delay twice the one before less a random part of up to a third.
/// </summary>
/// <param name="address">For example <c>ws://127.0.0.1:8765/ws?streams=live/glasses</c>.</param>
/// <param name="token">A key or token, sent as <c>Authorization: Bearer</c>; <see langword="null"/> for none.</param>
/// <param name="time">The clock of the delays.</param>
public sealed class DetectionClient(Uri address, string? token, TimeProvider time)
{
    // As for streams, so that a restarted service finds its subscribers and its sources back at about the same time.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>The largest message accepted: 300 boxes with long labels stay below 128 KiB.</summary>
    private const int MaxMessageBytes = 1 << 20;

    /// <summary>Told of each lost or refused connection: a sentence, and how long the client waits.</summary>
    public event Action<string, TimeSpan>? Lost;

    /// <summary>The messages, as UTF-8 JSON, until cancelled. Each is valid until the next one is asked for.</summary>
    /// <exception cref="UnauthorizedAccessException">The service refuses the token; trying again would not help.</exception>
    /// <exception cref="FormatException">The service refuses the subscription; the message says why.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var buffer = new byte[16 * 1024];
        var delay = FirstDelay;
        while (true)
        {
            using var socket = await ConnectAsync(cancel).ConfigureAwait(false);
            while (socket is not null)
            {
                var length = 0;
                ValueWebSocketReceiveResult result;
                try
                {
                    do
                    {
                        if (length == buffer.Length)
                        {
                            Array.Resize(ref buffer, length < MaxMessageBytes ? length * 2 : throw new WebSocketException("A message is too large."));
                        }

                        result = await socket.ReceiveAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
                        length += result.Count;
                    }
                    while (!result.EndOfMessage);
                }
                catch (WebSocketException)
                {
                    break;
                }

                if (result.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                delay = FirstDelay;
                yield return buffer.AsMemory(0, length);
            }

            var wait = delay * (1 - (Random.Shared.NextDouble() / 3));
            var reason = socket is null
                ? $"{Where} cannot be reached."
                : $"{Where} ended the connection{(string.IsNullOrEmpty(socket.CloseStatusDescription) ? "." : $": {socket.CloseStatusDescription}")}";
            Lost?.Invoke(reason, wait);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            await Task.Delay(wait, time, cancel).ConfigureAwait(false);
        }
    }

    private string Where => address.GetLeftPart(UriPartial.Path);

    private async Task<ClientWebSocket?> ConnectAsync(CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        try
        {
            await socket.ConnectAsync(address, cancel).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            return status switch
            {
                401 or 403 => throw new UnauthorizedAccessException($"{Where} refuses this subscription; give a key that may read these streams with --token."),
                400 => throw new FormatException($"{Where} does not understand the subscription '{address.Query}'; it takes streams, classes, min_confidence and max_fps."),
                404 => throw new FormatException($"{Where} is no VisionStream address; one looks like ws://127.0.0.1:8765/ws."),
                _ => null,
            };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
