using System.Buffers;

namespace VisionStream.Broadcaster.Messages;

/// <summary>Safe from any thread. The buffers behind outgoing frames; it knows how many are out, so that a leak shows.</summary>
internal sealed class FramePool
{
    private long _outstanding;

    /// <summary>Buffers lent and not yet back.</summary>
    public long Outstanding => Interlocked.Read(ref _outstanding);

    /// <summary>Lends a buffer of at least <paramref name="bytes"/>.</summary>
    public byte[] Rent(int bytes)
    {
        Interlocked.Increment(ref _outstanding);
        return ArrayPool<byte>.Shared.Rent(bytes);
    }

    /// <summary>Takes a buffer back; it must not be used any more.</summary>
    public void Return(byte[] buffer)
    {
        Interlocked.Decrement(ref _outstanding);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
