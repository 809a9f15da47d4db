using System.Buffers.Binary;

namespace VisionStream.Ingest.H264;

/// <summary>Walks the NAL units of a packet, which lie behind start codes (annex B) or behind their lengths (ISO/IEC 14496-15).</summary>
/// <param name="data">A packet or a run of parameter sets.</param>
/// <param name="lengthSize">Bytes of a length; 0 for start codes.</param>
internal ref struct NalUnits(ReadOnlySpan<byte> data, int lengthSize)
{
    private static ReadOnlySpan<byte> StartCode => [0, 0, 1];

    private ReadOnlySpan<byte> _rest = data;

    /// <summary>The unit's type, <c>nal_unit_type</c>.</summary>
    public readonly int Type => Current[0] & 0x1F;

    /// <summary>Whether other pictures may refer to it, <c>nal_ref_idc</c> above 0.</summary>
    public readonly bool IsReference => (Current[0] & 0x60) != 0;

    /// <summary>What follows the header byte.</summary>
    public readonly ReadOnlySpan<byte> Payload => Current[1..];

    /// <summary>The unit without start code or length; at least one byte.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Goes to the next unit; false at the end or where the structure is broken.</summary>
    public bool MoveNext()
    {
        do
        {
            if (!(lengthSize == 0 ? CutAtStartCodes() : CutByLength()))
            {
                return false;
            }
        }
        while (Current.Length == 0);

        return true;
    }

    private bool CutAtStartCodes()
    {
        var start = _rest.IndexOf(StartCode);
        if (start < 0)
        {
            return false;
        }

        _rest = _rest[(start + 3)..];
        var end = _rest.IndexOf(StartCode);
        Current = end < 0 ? _rest : _rest[..end];
        return true;
    }

    private bool CutByLength()
    {
        if (_rest.Length < lengthSize)
        {
            return false;
        }

        var length = lengthSize switch
        {
            1 => _rest[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(_rest),
            _ => BinaryPrimitives.ReadUInt32BigEndian(_rest),
        };
        _rest = _rest[lengthSize..];
        if (length > _rest.Length)
        {
            return false;
        }

        Current = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
