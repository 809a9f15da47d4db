using VisionStream.Broadcaster.FanOut;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// One reader, one writer. What .NET's <see cref="System.Net.WebSockets.WebSocket"/> sees of a connection: it reads the
/// subscriber's frames from it, and the pongs and closes that it answers with take their turn in the outbox instead of running
/// into a message that is being written.
/// </summary>
internal sealed class SubscriberStream(Stream connection, Subscriber subscriber, FramePool pool, RequestBudget budget) : Stream
{
    private const int OpcodeBits = 0x0F;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await connection.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read > 0)
        {
            subscriber.Heard();
        }

        return read;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var frame = SharedFrame.CopyWhole(pool, buffer.Span);
        if ((buffer.Span[0] & OpcodeBits) == (byte)Opcode.Close)
        {
            subscriber.Outbox.Close(frame);
            return ValueTask.CompletedTask;
        }

        if (budget.TryTake())
        {
            subscriber.Outbox.Offer(frame);
        }
        else
        {
            subscriber.Outbox.Close(SharedFrame.Close(pool, CloseStatus.PolicyViolation, "Too many pings."));
        }

        frame.Release();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
