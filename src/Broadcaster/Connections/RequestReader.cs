using System.Buffers;
using System.Net.WebSockets;
using VisionStream.Broadcaster.FanOut;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// One task runs it. Reads what a subscriber sends until the connection ends, hands complete requests on, and closes the outbox
/// with the status that what was sent deserves. A buffer is rented only while something is there to be read.
/// </summary>
internal sealed class RequestReader(
    WebSocket socket, Outbox outbox, FramePool pool, RequestBudget budget, Func<ReadOnlyMemory<byte>, ValueTask> onRequest)
{
    /// <summary>The longest request in bytes: room for all the stream names and labels that one may hold in practice.</summary>
    public const int MaxRequestBytes = 4096;

    /// <summary>Returns when nothing more will come or is wanted; the outbox is closed then.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (await ReadOneAsync(cancel).ConfigureAwait(false))
            {
            }

            // After our close the subscriber may still have sent something; only its own close ends the conversation.
            while (socket.State == WebSocketState.Open)
            {
                await DiscardAsync(cancel).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It went without a goodbye, or broke the protocol and has been told so by the WebSocket.
        }
        finally
        {
            outbox.Close(null);
        }
    }

    private async ValueTask<bool> ReadOneAsync(CancellationToken cancel)
    {
        // Asking for no bytes waits for a frame's header without holding a buffer.
        var arrived = await socket.ReceiveAsync(Memory<byte>.Empty, cancel).ConfigureAwait(false);
        switch (arrived.MessageType)
        {
            case WebSocketMessageType.Close:
                var status = socket.CloseStatus is { } said and not WebSocketCloseStatus.Empty ? (CloseStatus)said : CloseStatus.Normal;
                return Close(status, "");
            case WebSocketMessageType.Binary:
                return Close(CloseStatus.UnsupportedData, "Only text messages are understood.");
        }

        if (!budget.TryTake())
        {
            return Close(CloseStatus.PolicyViolation, "Too many messages.");
        }

        // One more than is allowed, so that a longer message shows.
        var buffer = ArrayPool<byte>.Shared.Rent(MaxRequestBytes + 1);
        try
        {
            var length = 0;
            var isComplete = arrived.EndOfMessage;
            while (!isComplete && length <= MaxRequestBytes)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
                length += read.Count;
                isComplete = read.EndOfMessage;
            }

            if (length > MaxRequestBytes)
            {
                return Close(CloseStatus.TooBig, $"A message may have {MaxRequestBytes} bytes.");
            }

            await onRequest(buffer.AsMemory(0, length)).ConfigureAwait(false);
            return !outbox.Closing.IsCompleted;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask DiscardAsync(CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxRequestBytes);
        try
        {
            await socket.ReceiveAsync(buffer.AsMemory(), cancel).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool Close(CloseStatus status, string reason)
    {
        outbox.Close(SharedFrame.Close(pool, status, reason));
        return false;
    }
}
