using System.Buffers;

namespace VisionStream.Broadcaster.Messages;

/// <summary>
/// Not safe for several threads. Collects a payload in a pooled buffer, with room for the frame's header in front. One message
/// after the other: <see cref="Finish"/> hands the buffer over, <see cref="Discard"/> takes a failed one back.
/// </summary>
internal sealed class FrameWriter(FramePool pool) : IBufferWriter<byte>
{
    // A message with three detections has 0.9 KB, one with ten has 2 KB; larger ones grow by doubling.
    private const int FirstSize = 2048;

    private byte[]? _buffer;
    private int _written = SharedFrame.HeaderRoom;

    /// <inheritdoc/>
    public void Advance(int count) => _written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).AsMemory(_written);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).AsSpan(_written);

    /// <summary>Makes a text frame of what was written; the caller holds its first reference.</summary>
    public SharedFrame Finish(bool isDroppable)
    {
        var buffer = Room(0);
        var length = _written - SharedFrame.HeaderRoom;
        _buffer = null;
        _written = SharedFrame.HeaderRoom;
        return SharedFrame.Around(pool, buffer, length, Opcode.Text, isDroppable);
    }

    /// <summary>Forgets what was written.</summary>
    public void Discard()
    {
        if (_buffer is not null)
        {
            pool.Return(_buffer);
        }

        _buffer = null;
        _written = SharedFrame.HeaderRoom;
    }

    private byte[] Room(int sizeHint)
    {
        var needed = _written + Math.Max(sizeHint, 1);
        if (_buffer is null)
        {
            return _buffer = pool.Rent(Math.Max(FirstSize, needed));
        }

        if (_buffer.Length < needed)
        {
            var larger = pool.Rent(Math.Max(_buffer.Length * 2, needed));
            _buffer.AsSpan(0, _written).CopyTo(larger);
            pool.Return(_buffer);
            _buffer = larger;
        }

        return _buffer;
    }
}
