using VisionStream.LibAv;

namespace VisionStream.Ingest.Recording;

/// <summary>Stateless. AAC as transport streams carry it, with a header before each frame (ISO/IEC 13818-7, 6.2), made into what MP4 holds.</summary>
internal static class Adts
{
    // ISO/IEC 14496-3, table 1.18.
    private static readonly int[] Rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

    /// <summary>
    /// The AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) that stands for the headers, or nothing where the coding cannot be told by two
    /// bytes.
    /// </summary>
    public static byte[] ConfigurationOf(CodecParameters sound)
    {
        var rate = Array.IndexOf(Rates, sound.SampleRate);

        // libav's profile is the object type less one; the common one, LC, where it is not known.
        var type = sound.Profile is >= 0 and <= 3 ? sound.Profile + 1 : 2;
        return rate < 0 || sound.Channels is < 1 or > 7 ? [] : [(byte)(type << 3 | rate >> 1), (byte)((rate & 1) << 7 | sound.Channels << 3)];
    }

    /// <summary>Takes the header off a packet; one without it stays as it is.</summary>
    public static void Strip(Packet packet)
    {
        var data = packet.Data;
        if (data.Length < 7 || data[0] != 0xFF || (data[1] & 0xF6) != 0xF0)
        {
            return;
        }

        // With a checksum the header is two bytes longer.
        var length = (data[1] & 1) == 0 ? 9 : 7;
        if (data.Length <= length)
        {
            return;
        }

        var (pts, dts, duration, stream) = (packet.Pts, packet.Dts, packet.Duration, packet.StreamIndex);
        packet.SetData(data[length..].ToArray());
        (packet.Pts, packet.Dts, packet.Duration, packet.StreamIndex) = (pts, dts, duration, stream);
        packet.MarkKey(true);
    }
}
