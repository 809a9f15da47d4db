using VisionStream.Ingest.H264;

namespace VisionStream.Ingest.Recording;

/// <summary>Stateless. Finds the parameter sets in a key picture, as transport streams carry them, since MP4 keeps them in its header.</summary>
internal static class ParameterSets
{
    private static ReadOnlySpan<byte> StartCode => [0, 0, 0, 1];

    /// <summary>The sets behind start codes, in the order in which they came; empty when there are none.</summary>
    /// <param name="codec">libav's name of the codec: h264 (ITU-T H.264, table 7-1) or hevc (ITU-T H.265, table 7-1).</param>
    /// <param name="picture">A packet in annex B form.</param>
    public static byte[] Of(string codec, ReadOnlySpan<byte> picture) => Of(codec, picture, sequencesOnly: false);

    /// <summary>The same of the sets alone that hold the pictures' size, so that another one means pictures of another kind.</summary>
    /// <inheritdoc cref="Of(string, ReadOnlySpan{byte})"/>
    public static byte[] SequencesOf(string codec, ReadOnlySpan<byte> picture) => Of(codec, picture, sequencesOnly: true);

    private static byte[] Of(string codec, ReadOnlySpan<byte> picture, bool sequencesOnly)
    {
        if (codec is not ("h264" or "hevc"))
        {
            return [];
        }

        var found = new List<byte>();
        var units = new NalUnits(picture, lengthSize: 0);
        while (units.MoveNext())
        {
            var type = codec == "h264" ? units.Type : units.Current[0] >> 1 & 0x3F;
            var (isSet, isSequence) = codec == "h264" ? (type is 7 or 8, type == 7) : (type is 32 or 33 or 34, type == 33);
            if (sequencesOnly ? isSequence : isSet)
            {
                found.AddRange(StartCode);

                // The zero before the next start code is not the unit's.
                found.AddRange(units.Current.TrimEnd((byte)0));
            }
        }

        return [.. found];
    }
}
