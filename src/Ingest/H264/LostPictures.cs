namespace VisionStream.Ingest.H264;

/// <summary>
/// For one thread. Notices reference pictures that were lost on the way by their numbers (<c>frame_num</c>, ITU-T H.264, 7.4.3).
/// libav fills such gaps with copies of other pictures without a word, so what follows looks sound and is smeared. Allocates nothing.
/// </summary>
internal sealed class LostPictures
{
    private const int SliceType = 1;
    private const int KeySliceType = 5;
    private const int SequenceParametersType = 7;
    private const int PictureParametersType = 8;
    private const int Unknown = -1;

    // A group without key frame, of streams that refresh bit by bit, counts as over after ten seconds at 25 frames a second.
    private const int LongestGroup = 250;
    private const int UnbelievableGroups = 8;

    // The standard's limits: 32 sequence parameter sets, 256 picture parameter sets.
    private readonly SequenceParameters?[] _sequences = new SequenceParameters?[32];
    private readonly byte[] _sequenceOfPicture = new byte[256];
    private readonly int _lengthSize;
    private int _lastReference = Unknown;
    private int _pictures;
    private bool _groupHasGap;
    private int _groupsWithGap;

    /// <summary>Whether every one of the last groups of pictures had a gap: the source numbers its pictures in a way of its own.</summary>
    public bool IsUnbelievable => _groupsWithGap >= UnbelievableGroups;

    /// <summary>Whether the stream's units lie behind start codes.</summary>
    public bool IsAnnexB => _lengthSize == 0;

    /// <summary>Prepares for a stream.</summary>
    /// <param name="header">The codec's header as the container gives it, possibly empty: <c>avcC</c>, or parameter sets behind start codes.</param>
    public LostPictures(ReadOnlySpan<byte> header)
    {
        // avcC (ISO/IEC 14496-15, 5.3.3.1) starts with version 1; start codes start with 0.
        if (header.Length >= 7 && header[0] == 1)
        {
            _lengthSize = (header[4] & 3) + 1;
            var sets = header[5..];
            ReadSets(ref sets, 0x1F);
            ReadSets(ref sets, 0xFF);
        }
        else
        {
            _ = Check(header);
        }
    }

    /// <summary>Looks at the next packet, a whole access unit. True when reference pictures are missing before it.</summary>
    public bool Check(ReadOnlySpan<byte> packet)
    {
        var units = new NalUnits(packet, _lengthSize);
        while (units.MoveNext())
        {
            if (units.Type is SliceType or KeySliceType)
            {
                // All slices of a picture have the same number.
                return CheckSlice(units);
            }

            ReadSet(units.Type, units.Payload);
        }

        return false;
    }

    private bool CheckSlice(in NalUnits slice)
    {
        var bits = new BitReader(slice.Payload);
        _ = bits.Unsigned(); // first_mb_in_slice
        _ = bits.Unsigned(); // slice_type
        var picture = bits.Unsigned();
        if (picture > 255 || _sequences[_sequenceOfPicture[picture]] is not { } sequence)
        {
            // The decoder cannot use it either, and says so.
            return false;
        }

        _ = sequence.HasColorPlanes ? bits.Bits(2) : 0;
        var number = (int)bits.Bits(sequence.FrameNumberBits);
        if (bits.IsPastEnd)
        {
            return false;
        }

        var isKey = slice.Type == KeySliceType;
        if (isKey || ++_pictures > LongestGroup)
        {
            _groupsWithGap = _groupHasGap ? _groupsWithGap : 0;
            (_pictures, _groupHasGap) = (0, false);
        }

        var expected = (_lastReference + 1) & ((1 << sequence.FrameNumberBits) - 1);
        var isLost = !isKey && !sequence.MayHaveGaps && _lastReference != Unknown && number != _lastReference && number != expected;
        if (isLost && !_groupHasGap)
        {
            _groupHasGap = true;
            _groupsWithGap++;
        }

        if (slice.IsReference)
        {
            _lastReference = number;
        }
        else if (isLost)
        {
            // The picture before it is the last one that was lost; the gap is told once.
            _lastReference = (number - 1) & ((1 << sequence.FrameNumberBits) - 1);
        }

        return isLost;
    }

    private void ReadSets(ref ReadOnlySpan<byte> sets, byte countMask)
    {
        var count = sets.Length > 0 ? sets[0] & countMask : 0;
        sets = sets.Length > 0 ? sets[1..] : sets;
        for (; count > 0 && sets.Length > 2; count--)
        {
            var length = (sets[0] << 8) | sets[1];
            if (length < 1 || length > sets.Length - 2)
            {
                return;
            }

            ReadSet(sets[2] & 0x1F, sets[3..(2 + length)]);
            sets = sets[(2 + length)..];
        }
    }

    private void ReadSet(int type, ReadOnlySpan<byte> payload)
    {
        if (type == SequenceParametersType && SequenceParameters.TryParse(payload, out var id, out var sequence))
        {
            _sequences[id] = sequence;
        }
        else if (type == PictureParametersType)
        {
            var bits = new BitReader(payload);
            var (picture, of) = (bits.Unsigned(), bits.Unsigned());
            if (!bits.IsPastEnd && picture < 256 && of < 32)
            {
                _sequenceOfPicture[picture] = (byte)of;
            }
        }
    }
}
