namespace VisionStream.Tests.Ingest;

/// <summary>H.264 as a stream of NAL units behind start codes (ITU-T H.264, annex B).</summary>
internal static class AnnexB
{
    /// <summary>The units with their start codes, in order.</summary>
    public static List<byte[]> Split(byte[] stream)
    {
        var starts = new List<int>();
        for (var i = 0; i + 3 < stream.Length; i++)
        {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1)
            {
                starts.Add(i > 0 && stream[i - 1] == 0 ? i - 1 : i);
            }
        }

        starts.Add(stream.Length);
        return [.. starts.Zip(starts.Skip(1), (from, to) => stream[from..to])];
    }

    /// <summary>Whether it is a slice of a picture that others refer to and that is no key frame.</summary>
    public static bool IsReferenceSlice(byte[] unit)
    {
        return TypeOf(unit) == 1 && (HeaderOf(unit) & 0x60) != 0;
    }

    /// <summary>The unit's <c>nal_unit_type</c>.</summary>
    public static int TypeOf(byte[] unit) => HeaderOf(unit) & 0x1F;

    private static byte HeaderOf(byte[] unit) => unit[Array.IndexOf(unit, (byte)1) + 1];
}
