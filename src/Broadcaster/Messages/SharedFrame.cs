using System.Buffers.Binary;

namespace VisionStream.Broadcaster.Messages;

/// <summary>
/// Safe from any thread. One complete WebSocket frame, header and payload, in a pooled buffer that all its receivers share: a
/// server's frames are not masked, so the bytes are the same for everybody. Whoever keeps it holds a reference and releases it
/// once; the maker starts with one. The bytes are never written again.
/// </summary>
internal sealed class SharedFrame
{
    /// <summary>Room in front of a payload for the longest header: two bytes and a length of eight (RFC 6455, section 5.2).</summary>
    public const int HeaderRoom = 10;

    private readonly FramePool _pool;
    private readonly byte[] _buffer;
    private readonly int _start;
    private readonly int _end;
    private int _references = 1;

    private SharedFrame(FramePool pool, byte[] buffer, int start, int end, bool isDroppable)
    {
        _pool = pool;
        _buffer = buffer;
        _start = start;
        _end = end;
        IsDroppable = isDroppable;
    }

    /// <summary>Whether a slow subscriber loses this one rather than another: a detection is stale soon, a state is not.</summary>
    public bool IsDroppable { get; }

    /// <summary>Where it is counted; <see langword="null"/> when it is about no stream. Set before anybody else has the frame.</summary>
    public StreamTally? Tally { get; set; }

    /// <summary>Whether it is a text frame and therefore counts as a message.</summary>
    public bool IsMessage => (_buffer[_start] & 0x0F) == (byte)Opcode.Text;

    /// <summary>The frame; valid while a reference is held.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Its payload; valid while a reference is held.</summary>
    public ReadOnlySpan<byte> Payload =>
        _buffer.AsSpan((_start + (_buffer[_start + 1] switch { 126 => 4, 127 => 10, _ => 2 })).._end);

    /// <summary>
    /// Makes a frame around a payload that starts at <see cref="HeaderRoom"/> in a buffer rented from <paramref name="pool"/>, and
    /// takes the buffer over.
    /// </summary>
    public static SharedFrame Around(
        FramePool pool, byte[] buffer, int payloadLength, Opcode opcode, bool isDroppable, bool isDeflated = false)
    {
        var start = HeaderRoom - (payloadLength <= 125 ? 2 : payloadLength <= ushort.MaxValue ? 4 : 10);
        // 0x80: the message ends with this frame. 0x40: it is compressed (RFC 7692, section 6).
        buffer[start] = (byte)(0x80 | (isDeflated ? 0x40 : 0) | (byte)opcode);
        switch (HeaderRoom - start)
        {
            case 2:
                buffer[start + 1] = (byte)payloadLength;
                break;
            case 4:
                buffer[start + 1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(start + 2), (ushort)payloadLength);
                break;
            default:
                buffer[start + 1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan(start + 2), (ulong)payloadLength);
                break;
        }

        return new SharedFrame(pool, buffer, start, HeaderRoom + payloadLength, isDroppable);
    }

    /// <summary>Makes a frame from a copy of a payload.</summary>
    public static SharedFrame Copy(FramePool pool, ReadOnlySpan<byte> payload, Opcode opcode)
    {
        var buffer = pool.Rent(HeaderRoom + payload.Length);
        payload.CopyTo(buffer.AsSpan(HeaderRoom));
        return Around(pool, buffer, payload.Length, opcode, isDroppable: false);
    }

    /// <summary>Takes over a copy of bytes that are a frame already.</summary>
    public static SharedFrame CopyWhole(FramePool pool, ReadOnlySpan<byte> frame)
    {
        var buffer = pool.Rent(frame.Length);
        frame.CopyTo(buffer);
        return new SharedFrame(pool, buffer, 0, frame.Length, isDroppable: false);
    }

    /// <summary>Makes a close frame.</summary>
    /// <param name="pool">Where the buffer comes from.</param>
    /// <param name="status">Why.</param>
    /// <param name="reason">ASCII, 123 characters at most, as the rules for control frames allow.</param>
    public static SharedFrame Close(FramePool pool, CloseStatus status, string reason)
    {
        Span<byte> payload = stackalloc byte[2 + 123];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        var length = System.Text.Encoding.ASCII.GetBytes(reason, payload[2..]);
        return Copy(pool, payload[..(2 + length)], Opcode.Close);
    }

    /// <summary>Adds a reference; the caller holds one already.</summary>
    public SharedFrame Keep()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>Gives a reference back; the last one returns the buffer.</summary>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            _pool.Return(_buffer);
        }
        else if (left < 0)
        {
            throw new InvalidOperationException("A frame was released more often than it was kept.");
        }
    }
}
