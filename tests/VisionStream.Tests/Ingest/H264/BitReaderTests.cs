using VisionStream.Ingest.H264;

namespace VisionStream.Tests.Ingest.H264;

public sealed class BitReaderTests
{
    [Fact]
    public void Numbers_are_read_as_the_standards_tables_give_them()
    {
        // 1 010 011 00100 00101 00110 00111 0001000 : ue 0 to 7 (ITU-T H.264, table 9-2), then padding.
        var bits = new BitReader([0b1010_0110, 0b0100_0010, 0b1001_1000, 0b1110_0010, 0b0000_0000]);
        for (var expected = 0u; expected < 8; expected++)
        {
            Assert.Equal(expected, bits.Unsigned());
        }

        Assert.False(bits.IsPastEnd);
        var signed = new BitReader([0b1010_0110, 0b0100_0010, 0b1000_0000]);
        Assert.Equal(0, signed.Signed());
        Assert.Equal(1, signed.Signed());
        Assert.Equal(-1, signed.Signed());
        Assert.Equal(2, signed.Signed());
        Assert.Equal(-2, signed.Signed());
    }

    [Fact]
    public void Emulation_prevention_is_left_out()
    {
        var bits = new BitReader([0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 2]);
        Assert.Equal(0x00000100u, bits.Bits(32));
        Assert.Equal(0x00000002u & 0xFF, bits.Bits(32) & 0xFF);
        Assert.False(bits.IsPastEnd);
    }

    [Fact]
    public void Reading_past_the_end_gives_zeros_and_is_told()
    {
        var bits = new BitReader([0xFF]);
        Assert.Equal(0xFF00u, bits.Bits(16));
        Assert.True(bits.IsPastEnd);
        var endless = new BitReader(new byte[100]);
        Assert.Equal(0u, endless.Unsigned());
        Assert.True(endless.IsPastEnd);
    }
}
