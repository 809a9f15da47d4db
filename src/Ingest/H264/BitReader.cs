namespace VisionStream.Ingest.H264;

/// <summary>
/// Reads the payload of a NAL unit bit by bit, leaving out the emulation prevention bytes (ITU-T H.264, 7.3.1 and 9.1). Past the
/// end it reads zeros and says so in <see cref="IsPastEnd"/>.
/// </summary>
internal ref struct BitReader(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _bytes = payload;
    private int _next;
    private int _zeros;
    private int _current;
    private int _bitsLeft;

    /// <summary>Whether more was asked for than there is.</summary>
    public bool IsPastEnd { get; private set; }

    /// <summary>u(1).</summary>
    public bool Flag() => Bits(1) != 0;

    /// <summary>u(n), n from 0 to 32.</summary>
    public uint Bits(int count)
    {
        var value = 0u;
        for (var i = 0; i < count; i++)
        {
            if (_bitsLeft == 0)
            {
                LoadByte();
            }

            value = (value << 1) | (uint)((_current >> --_bitsLeft) & 1);
        }

        return value;
    }

    /// <summary>ue(v): an Exp-Golomb number.</summary>
    public uint Unsigned()
    {
        var zeros = 0;
        while (!Flag())
        {
            // 32 is the longest prefix that the standard knows; a longer one is no number.
            if (++zeros > 31 || IsPastEnd)
            {
                IsPastEnd = true;
                return 0;
            }
        }

        return (1u << zeros) - 1 + Bits(zeros);
    }

    /// <summary>se(v): a signed Exp-Golomb number.</summary>
    public int Signed()
    {
        var code = Unsigned();
        return (code & 1) != 0 ? (int)((code + 1) / 2) : -(int)(code / 2);
    }

    private void LoadByte()
    {
        if (_zeros >= 2 && _next < _bytes.Length && _bytes[_next] == 3)
        {
            _next++;
            _zeros = 0;
        }

        if (_next >= _bytes.Length)
        {
            IsPastEnd = true;
            (_current, _bitsLeft) = (0, 8);
            return;
        }

        _current = _bytes[_next++];
        _zeros = _current == 0 ? _zeros + 1 : 0;
        _bitsLeft = 8;
    }
}
