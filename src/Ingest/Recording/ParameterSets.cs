using VisionStream.Ingest.H264;

namespace VisionStream.Ingest.Recording;

/// <summary>Stateless. Finds the parameter sets in a key picture, as transport streams carry them, since MP4 keeps them in its header.</summary>
internal static class ParameterSets
{
    private static ReadOnlySpan<byte> StartCode => [0, 0, 0, 1];

    /// <summary>The sets behind start codes, in the order in which they came; empty when there are none.</summary>
    /// <param name="codec">libav's name of the codec: h264 (ITU-T H.264, table 7-1) or hevc (ITU-T H.265, table 7-1).</param>
    /// <param name="picture">A packet in annex B form.</param>
    public static byte[] Of(string codec, ReadOnlySpan<byte> picture)
    {
        if (codec is not ("h264" or "hevc"))
        {
            return [];
        }

        var found = new List<byte>();
        var units = new NalUnits(picture, lengthSize: 0);
        while (units.MoveNext())
        {
            var isSet = codec == "h264" ? units.Type is 7 or 8 : (units.Current[0] >> 1 & 0x3F) is 32 or 33 or 34;
            if (isSet)
            {
                found.AddRange(StartCode);

                // The zero before the next start code is not the unit's.
                found.AddRange(units.Current.TrimEnd((byte)0));
            }
        }

        return [.. found];
    }
}
