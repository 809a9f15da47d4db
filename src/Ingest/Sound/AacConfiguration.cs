namespace VisionStream.Ingest.Sound;

/// <summary>
/// Rate and channels of AAC, from its AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) or from the ADTS header that stands before each
/// packet in a transport stream (1.A.2.2), which is turned into such a configuration.
/// </summary>
internal static class AacConfiguration
{
    /// <summary>Bytes of an ADTS header without a checksum; with one it has two more.</summary>
    public const int ShortestAdtsHeader = 7;

    /// <summary>Samples and channel of a packet at the rate that the configuration gives (ISO/IEC 14496-3, 4.5.1.1).</summary>
    public const int SamplesPerPacket = 1024;

    private const int ExplicitRate = 15;
    private const int EscapedType = 31;

    // Table 1.18, sampling frequency index.
    private static readonly int[] Rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

    // Table 1.19, channel configuration; 0 is described elsewhere.
    private static readonly int[] Channels = [0, 1, 2, 3, 4, 5, 6, 8];

    /// <summary>Reads an AudioSpecificConfig. False for one that leaves rate or channels to something else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> configuration, out int rate, out int channels)
    {
        // The longest of what is read here has 5 + 6 + 4 + 24 + 4 bits.
        var (bits, left) = (0UL, 64);
        for (var i = 0; i < sizeof(ulong); i++)
        {
            bits = (bits << 8) | (i < configuration.Length ? configuration[i] : 0UL);
        }

        if (Take(5) == EscapedType)
        {
            // An object type from 32 on, in six bits more.
            Take(6);
        }

        var index = Take(4);
        rate = index == ExplicitRate ? Take(24) : index < Rates.Length ? Rates[index] : 0;
        var layout = Take(4);
        channels = layout < Channels.Length ? Channels[layout] : 0;
        return 64 - left <= configuration.Length * 8 && rate > 0 && channels > 0;

        int Take(int count)
        {
            left -= count;
            return (int)((bits >> left) & ((1UL << count) - 1));
        }
    }

    /// <summary>Reads the header of a packet that is one ADTS frame.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="configuration">The same as an AudioSpecificConfig of two bytes, in the upper half first.</param>
    /// <param name="headerSize">Bytes to leave out.</param>
    public static bool TryReadAdts(ReadOnlySpan<byte> packet, out ushort configuration, out int headerSize)
    {
        (configuration, headerSize) = (0, 0);

        // Twelve ones and a layer of 0 begin the frame; its length is in bits 30 to 42.
        if (packet.Length < ShortestAdtsHeader || packet[0] != 0xFF || (packet[1] & 0xF6) != 0xF0
            || (((packet[3] & 3) << 11) | (packet[4] << 3) | (packet[5] >> 5)) != packet.Length)
        {
            return false;
        }

        var profile = packet[2] >> 6;
        var rate = (packet[2] >> 2) & 15;
        var layout = ((packet[2] & 1) << 2) | (packet[3] >> 6);
        headerSize = ShortestAdtsHeader + ((packet[1] & 1) == 0 ? 2 : 0);
        configuration = (ushort)(((profile + 1) << 11) | (rate << 7) | (layout << 3));
        return packet.Length > headerSize;
    }
}
