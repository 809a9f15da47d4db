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

    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>Told of each lost or refused connection: a sentence, and how long the client waits.</summary>
    public event Action<string, TimeSpan>? Lost;

    /// <summary>How long one attempt to connect may take (default: 10 s).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the service may be silent, its answers to pings included, before the connection counts as lost (default: 30 s).
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest message accepted (default: 1 MiB; 300 boxes with long labels stay below 128 KiB).</summary>
    public int MaxMessageBytes { get; init; } = 1 << 20;

    private string Where => address.GetLeftPart(UriPartial.Path);

    /// <summary>The messages, as UTF-8 JSON, until cancelled. Each is valid until the next one is asked for.</summary>
    /// <exception cref="UnauthorizedAccessException">The service refuses the token; trying again would not help.</exception>
    /// <exception cref="FormatException">The service refuses the subscription; the message says why.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var delay = new ReconnectDelay(FirstDelay, LongestDelay, Random.Shared);
        while (true)
        {
            using var socket = NewSocket();
            var failure = await ConnectAsync(socket, cancel).ConfigureAwait(false);
            while (failure is null)
            {
                (var length, failure) = await ReceiveAsync(socket, cancel).ConfigureAwait(false);
                if (failure is null)
                {
                    delay.Reset();
                    yield return _buffer.AsMemory(0, length);
                }
            }

            var wait = delay.Next();
            Lost?.Invoke(failure, wait);
            await Task.Delay(wait, time, cancel).ConfigureAwait(false);
        }
    }

    private ClientWebSocket NewSocket()
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        // A ping at half time leaves the other half for its answer.
        socket.Options.KeepAliveInterval = SilenceTimeout / 2;
        socket.Options.KeepAliveTimeout = SilenceTimeout / 2;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        return socket;
    }

    /// <summary>Connects; the result is why it did not work this time, or <see langword="null"/>.</summary>
    private async Task<string?> ConnectAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            await socket.ConnectAsync(address, either.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is WebSocketException or OperationCanceledException)
        {
            return (int)socket.HttpStatusCode switch
            {
                401 or 403 => throw new UnauthorizedAccessException(
                    $"{Where} refuses this subscription; give a key that may read these streams with --token."),
                400 => throw new FormatException(
                    $"{Where} does not understand the subscription '{address.Query}'; "
                    + "it takes streams, classes, min_confidence and max_fps."),
                404 => throw new FormatException($"{Where} is no VisionStream address; one looks like ws://127.0.0.1:8765/ws."),
                0 when deadline.IsCancellationRequested => $"{Where} did not answer within {ConnectTimeout.TotalSeconds:0.#} s.",
                0 => $"{Where} cannot be reached: {Cause(e)}.",
                var status => $"{Where} answered {status} instead of accepting the subscription.",
            };
        }
    }

    /// <summary>Receives one message into the buffer; its length, or why there is none.</summary>
    private async Task<(int Length, string? Failure)> ReceiveAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        try
        {
            for (var length = 0; ;)
            {
                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }

                var received = await socket.ReceiveAsync(_buffer.AsMemory(length), cancel).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel).ConfigureAwait(false);
                    var said = string.IsNullOrEmpty(socket.CloseStatusDescription) ? "" : $": {socket.CloseStatusDescription.TrimEnd('.')}";
                    return (0, $"{Where} ended the connection with {(int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty)}{said}.");
                }

                length += received.Count;
                if (length > MaxMessageBytes)
                {
                    return (0, $"{Where} sent a message of more than {MaxMessageBytes} bytes.");
                }

                if (received.EndOfMessage)
                {
                    return (length, null);
                }
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is WebSocketException or OperationCanceledException)
        {
            return (0, $"The connection to {Where} was lost: {Cause(e)}.");
        }
    }

    private static string Cause(Exception e) => e.GetBaseException().Message.TrimEnd('.');
}
