namespace VisionStream.Ingest.H264;

/// <summary>What of a sequence parameter set says how reference pictures are numbered (ITU-T H.264, 7.3.2.1.1).</summary>
/// <param name="FrameNumberBits">Bits of <c>frame_num</c> in a slice header.</param>
/// <param name="HasColorPlanes">Whether slices name their colour plane before it.</param>
/// <param name="MayHaveGaps">Whether numbers may be missing on purpose, as after the removal of a temporal layer.</param>
internal readonly record struct SequenceParameters(int FrameNumberBits, bool HasColorPlanes, bool MayHaveGaps)
{
    /// <summary>Reads what follows the NAL unit's header byte. False when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out uint id, out SequenceParameters parameters)
    {
        var bits = new BitReader(payload);
        var profile = bits.Bits(8);
        _ = bits.Bits(16); // constraint flags and level
        id = bits.Unsigned();
        var hasColorPlanes = false;
        if (profile is 100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135)
        {
            hasColorPlanes = SkipHighProfile(ref bits);
        }

        var frameNumberBits = (int)Math.Min(bits.Unsigned(), 99) + 4;
        SkipPictureOrder(ref bits);
        _ = bits.Unsigned(); // max_num_ref_frames
        parameters = new SequenceParameters(frameNumberBits, hasColorPlanes, bits.Flag());

        // 31 sets and 16 bits are the standard's limits.
        return !bits.IsPastEnd && id < 32 && frameNumberBits <= 16;
    }

    private static bool SkipHighProfile(ref BitReader bits)
    {
        var chroma = bits.Unsigned();
        var hasColorPlanes = chroma == 3 && bits.Flag();
        _ = bits.Unsigned(); // bit_depth_luma_minus8
        _ = bits.Unsigned(); // bit_depth_chroma_minus8
        _ = bits.Flag(); // qpprime_y_zero_transform_bypass_flag
        if (bits.Flag())
        {
            for (var list = 0; list < (chroma == 3 ? 12 : 8); list++)
            {
                if (bits.Flag())
                {
                    SkipScalingList(ref bits, list < 6 ? 16 : 64);
                }
            }
        }

        return hasColorPlanes;
    }

    private static void SkipScalingList(ref BitReader bits, int size)
    {
        var (last, next) = (8, 8);
        for (var i = 0; i < size && !bits.IsPastEnd; i++)
        {
            next = next == 0 ? 0 : (last + bits.Signed() + 256) % 256;
            last = next == 0 ? last : next;
        }
    }

    private static void SkipPictureOrder(ref BitReader bits)
    {
        switch (bits.Unsigned())
        {
            case 0:
                _ = bits.Unsigned(); // log2_max_pic_order_cnt_lsb_minus4
                break;
            case 1:
                _ = bits.Flag(); // delta_pic_order_always_zero_flag
                _ = bits.Signed(); // offset_for_non_ref_pic
                _ = bits.Signed(); // offset_for_top_to_bottom_field
                for (var left = bits.Unsigned(); left > 0 && !bits.IsPastEnd; left--)
                {
                    _ = bits.Signed(); // offset_for_ref_frame
                }

                break;
        }
    }
}
