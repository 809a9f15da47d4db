namespace VisionStream.Core.Audio;

/// <summary>
/// One writer, any number of readers. The coded sound of a stream on its way past the decoder: the writer never waits and
/// overwrites the oldest packet; a reader copies packets out in order and sees what it missed as a gap in the ids.
/// </summary>
/// <remarks>
/// The lock is held for the copy of one packet, well under a kilobyte as a rule. Slots keep their memory, so that steady state
/// allocates nothing.
/// </remarks>
public sealed class AudioRing
{
    /// <summary>Slots unless told otherwise: five seconds of AAC at 48 kHz (1024 samples a packet), five of Opus at 20 ms.</summary>
    public const int DefaultCapacity = 256;

    /// <summary>The largest packet taken. The largest of the usual ones is an AAC frame of 8 channels, 768 bytes each.</summary>
    public const int MaxPacketSize = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly AudioPacket[] _packets;
    private readonly byte[][] _data;
    private long _newestId;
    private AudioFormat? _format;
    private bool _isExpected;
    private bool _isUnasked;
    private int _readers;

    /// <summary>Makes a ring; slots get their memory when they are first written.</summary>
    /// <param name="capacity">Slots, 2 to 10000 (default: 256).</param>
    public AudioRing(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 10_000);
        _packets = new AudioPacket[capacity];
        _data = new byte[capacity][];
        Array.Fill(_data, []);
    }

    /// <summary>Slots.</summary>
    public int Capacity => _packets.Length;

    /// <summary>
    /// The sound of the present session, <see langword="null"/> while there is none. The writer sets it when it has opened the
    /// source and before the first frame of the session, so that whoever sees a frame knows whether sound belongs to it.
    /// </summary>
    public AudioFormat? Format
    {
        get => Volatile.Read(ref _format);
        set => Volatile.Write(ref _format, value);
    }

    /// <summary>
    /// Whether the source has sound that is not described yet, as where its codec's header comes with the first packet only: whoever
    /// wants the sound waits a moment for <see cref="Format"/>. Set by the writer.
    /// </summary>
    public bool IsExpected
    {
        get => Volatile.Read(ref _isExpected);
        set => Volatile.Write(ref _isExpected, value);
    }

    /// <summary>
    /// Whether the source gives its sound only when it is asked for it (RTSP) and was opened without asking, since nobody wanted it. Who wants
    /// it now has it after the source has been opened again, which the writer does at once. Set by the writer.
    /// </summary>
    public bool IsUnasked
    {
        get => Volatile.Read(ref _isUnasked);
        set => Volatile.Write(ref _isUnasked, value);
    }

    /// <summary>Whether anybody wants packets; the writer may save itself the work while nobody does.</summary>
    public bool IsWanted => Volatile.Read(ref _readers) > 0;

    /// <summary>The id of the newest packet; 0 before the first one.</summary>
    public long NewestId => Interlocked.Read(ref _newestId);

    /// <summary>
    /// Says that packets are wanted, until the registration is disposed. A source that has to be asked for its sound is asked when it is
    /// opened: saying so before that spares it being opened twice.
    /// </summary>
    public IDisposable Want()
    {
        Interlocked.Increment(ref _readers);
        return new Registration(() => Interlocked.Decrement(ref _readers));
    }

    /// <summary>Copies a packet into the ring over the oldest one.</summary>
    /// <param name="data">1 to <see cref="MaxPacketSize"/> bytes.</param>
    /// <param name="ptsMicroseconds">Its presentation time, on the time line of the frames.</param>
    /// <param name="durationMicroseconds">How long it sounds; 0 when unknown.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Format"/> has not been set.</exception>
    public long Write(ReadOnlySpan<byte> data, long ptsMicroseconds, long durationMicroseconds)
    {
        ArgumentOutOfRangeException.ThrowIfZero(data.Length, nameof(data));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, MaxPacketSize, nameof(data));
        var format = Format ?? throw new InvalidOperationException("The sound's Format is set before its first packet is written.");
        lock (_gate)
        {
            var id = _newestId + 1;
            var slot = (int)(id % _packets.Length);
            if (_data[slot].Length < data.Length)
            {
                // Sizes vary a little from packet to packet; a half more spares the next ones the growth.
                _data[slot] = new byte[Math.Min(MaxPacketSize, data.Length + (data.Length / 2))];
            }

            data.CopyTo(_data[slot]);
            _packets[slot] = new AudioPacket(id, format, ptsMicroseconds, durationMicroseconds, data.Length);
            Interlocked.Exchange(ref _newestId, id);
            return id;
        }
    }

    /// <summary>
    /// Copies out the oldest packet newer than <paramref name="after"/>; <c>packet.Id - after - 1</c> were overwritten in between.
    /// </summary>
    /// <param name="after">The id of the packet read before, or 0.</param>
    /// <param name="buffer">At least <see cref="MaxPacketSize"/> bytes.</param>
    /// <param name="packet">What was read; its data are the first <c>packet.Size</c> bytes of the buffer.</param>
    public bool TryReadNext(long after, Span<byte> buffer, out AudioPacket packet)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, MaxPacketSize, nameof(buffer));
        lock (_gate)
        {
            if (after >= _newestId)
            {
                packet = default;
                return false;
            }

            var id = Math.Max(after + 1, _newestId - _packets.Length + 1);
            var slot = (int)(id % _packets.Length);
            packet = _packets[slot];
            _data[slot].AsSpan(0, packet.Size).CopyTo(buffer);
            return true;
        }
    }
}
