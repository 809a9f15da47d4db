using VisionStream.LibAv;

namespace VisionStream.Ingest.H264;

/// <summary>
/// For one thread. Joins key pictures that arrive in parts. GStreamer's rtph264pay (config-interval=-1) repeats the parameter sets
/// before every slice of a key picture and not just before the first; libav's parser takes each repetition for the start of another
/// picture, so that a decoder would see key pictures with most of their rows missing, all of them, for as long as the stream runs.
/// </summary>
/// <remarks>
/// The first key picture is held back until the next packet shows whether it went on. From then on the number of parts is known:
/// whole ones pass at once, and those in parts when the last one is there. Annex B only; containers with lengths do not parse.
/// Allocates nothing once its buffer has grown to the largest key picture.
/// </remarks>
internal sealed class SplitKeyPictures : IDisposable
{
    private const int SliceType = 1;
    private const int KeySliceType = 5;
    private const int Unknown = 0;

    private readonly Packet _joined = new();
    private byte[] _held = [];
    private int _heldLength;
    private int _heldParts;
    private (long Pts, long Dts) _heldTimes;
    private int _usualParts;

    /// <summary>Whether parts of a picture are waiting for more.</summary>
    public bool IsHolding => _heldParts > 0;

    /// <summary>Whether a packet goes on with the picture whose parts are held.</summary>
    public bool Continues(Packet packet) =>
        IsHolding && packet.Pts == _heldTimes.Pts && ReadFirstSlice(packet.Data, out _, out var macroblock) && macroblock > 0;

    /// <summary>Adds the next part of the picture that is held. True when that was the last one, as far as is known.</summary>
    public bool Add(Packet packet)
    {
        Append(packet.Data);
        return _heldParts == _usualParts;
    }

    /// <summary>Whether a packet that continues nothing has to be held back; it is then.</summary>
    public bool Hold(Packet packet)
    {
        if (!ReadFirstSlice(packet.Data, out var type, out var macroblock))
        {
            return false;
        }

        if (macroblock > 0)
        {
            // A part that nobody waited for: the next key picture shows how many there are.
            _usualParts = Unknown;
            return false;
        }

        if (type != KeySliceType || _usualParts == 1)
        {
            return false;
        }

        _heldTimes = (packet.Pts, packet.Dts);
        Append(packet.Data);
        return true;
    }

    /// <summary>The picture made of the parts that are held, which are no longer held; valid until the next call.</summary>
    public Packet Release()
    {
        _usualParts = _heldParts;
        _joined.SetData(_held.AsSpan(0, _heldLength));
        (_joined.Pts, _joined.Dts) = _heldTimes;
        _joined.MarkKey(true);
        (_heldParts, _heldLength) = (0, 0);
        return _joined;
    }

    /// <summary>Frees the packet.</summary>
    public void Dispose() => _joined.Dispose();

    private static bool ReadFirstSlice(ReadOnlySpan<byte> packet, out int type, out uint macroblock)
    {
        var units = new NalUnits(packet, lengthSize: 0);
        while (units.MoveNext())
        {
            if (units.Type is SliceType or KeySliceType)
            {
                var bits = new BitReader(units.Payload);
                (type, macroblock) = (units.Type, bits.Unsigned());
                return !bits.IsPastEnd;
            }
        }

        (type, macroblock) = (0, 0);
        return false;
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (_held.Length < _heldLength + part.Length)
        {
            Array.Resize(ref _held, (_heldLength + part.Length) * 2);
        }

        part.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += part.Length;
        _heldParts++;
    }
}
