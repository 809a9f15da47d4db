using VisionStream.Ingest.Sound;

namespace VisionStream.Tests.Ingest.Sound;

public sealed class AacConfigurationTests
{
    // Object type 2 (LC), then the index of the rate, the channels and three zeros: ISO/IEC 14496-3, 1.6.2.1.
    [Theory]
    [InlineData("1208", 44_100, 1)]
    [InlineData("1190", 48_000, 2)]
    [InlineData("1308", 24_000, 1)]
    [InlineData("11B856E500", 48_000, 8)]
    [InlineData("F84820", 44_100, 1)]
    [InlineData("17800BB808", 6_000, 1)]
    public void A_configuration_gives_rate_and_channels(string bytes, int rate, int channels)
    {
        Assert.True(AacConfiguration.TryRead(Convert.FromHexString(bytes), out var foundRate, out var foundChannels));
        Assert.Equal((rate, channels), (foundRate, foundChannels));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("1180")]
    [InlineData("1690")]
    public void What_is_too_short_or_leaves_rate_or_channels_open_is_refused(string bytes) =>
        Assert.False(AacConfiguration.TryRead(Convert.FromHexString(bytes), out _, out _));

    [Theory]
    [InlineData("FFF15040", 7)]
    [InlineData("FFF05040", 9)]
    public void An_ADTS_header_becomes_the_same_configuration(string start, int expectedSize)
    {
        Assert.True(AacConfiguration.TryReadAdts(Adts(start, 40), out var configuration, out var size));
        Assert.Equal((0x1208, expectedSize), (configuration, size));
    }

    [Fact]
    public void A_packet_that_is_no_ADTS_frame_of_its_own_length_is_refused()
    {
        Assert.False(AacConfiguration.TryReadAdts(Adts("FFF15040", 40).AsSpan(0, 39), out _, out _));
        Assert.False(AacConfiguration.TryReadAdts(Adts("FFF15040", 7), out _, out _));
        Assert.False(AacConfiguration.TryReadAdts(Adts("FFE15040", 40), out _, out _));
        Assert.False(AacConfiguration.TryReadAdts(new byte[6], out _, out _));
        Assert.False(AacConfiguration.TryReadAdts([], out _, out _));
    }

    /// <summary>A frame of LC at 44.1 kHz, mono: its header's first four bytes are given, its length is written into the next two.</summary>
    private static byte[] Adts(string start, int length)
    {
        var packet = new byte[length];
        Convert.FromHexString(start).CopyTo(packet, 0);
        packet[3] |= (byte)(length >> 11);
        packet[4] = (byte)(length >> 3);
        packet[5] = (byte)((length << 5) | 0x1F);
        return packet;
    }
}
