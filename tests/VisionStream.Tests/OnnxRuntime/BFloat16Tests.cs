using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class BFloat16Tests
{
    [Theory]
    [InlineData(0f, 0x0000)]
    [InlineData(-0f, 0x8000)]
    [InlineData(1f, 0x3F80)]
    [InlineData(-2.5f, 0xC020)]
    [InlineData(1.1754943508222875e-38f, 0x0080)] // 2^-126, the smallest normal number
    [InlineData(9.183549615799121e-41f, 0x0001)] // 2^-133, the smallest
    [InlineData(3.3895313892515355e38f, 0x7F7F)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    [InlineData(float.NegativeInfinity, 0xFF80)]
    public void Exact_numbers_go_both_ways(float number, int bits)
    {
        Assert.Equal((ushort)bits, ((BFloat16)number).value);
        Assert.Equal(BitConverter.SingleToInt32Bits(number), BitConverter.SingleToInt32Bits((float)new BFloat16((ushort)bits)));
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)] // halfway: to the even one
    [InlineData(0x3F818000u, 0x3F82)] // halfway: to the even one
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x3F807FFFu, 0x3F80)]
    [InlineData(0x7F7FFFFFu, 0x7F80)] // the largest single precision number: out of range
    [InlineData(0xFF7FFFFFu, 0xFF80)]
    [InlineData(0x00000001u, 0x0000)]
    public void Other_numbers_go_to_the_nearest(uint pattern, int bits) =>
        Assert.Equal((ushort)bits, ((BFloat16)BitConverter.UInt32BitsToSingle(pattern)).value);

    [Theory]
    [InlineData(0x7FC00000u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7F800001u)]
    public void Nan_stays_nan(uint pattern) => Assert.True(BFloat16.IsNaN((BFloat16)BitConverter.UInt32BitsToSingle(pattern)));

    [Fact]
    public void Every_pattern_survives_the_way_to_single_precision_and_back()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var number = new BFloat16((ushort)bits);
            if (!BFloat16.IsNaN(number))
            {
                Assert.Equal((ushort)bits, ((BFloat16)(float)number).value);
            }
        }
    }

    [Fact]
    public void Order_and_equality_are_those_of_numbers()
    {
        var (one, two, nan) = (BFloat16.One, (BFloat16)2f, BFloat16.NaN);

        Assert.True(one < two && two > one && one <= two && two >= one && one != two);
        Assert.True(BFloat16.NegativeZero == BFloat16.Zero && BFloat16.Zero.Equals(BFloat16.NegativeZero));
        Assert.False(nan < one || nan > one || nan == new BFloat16(nan.value));
        Assert.True(nan.Equals(BFloat16.NaN));
        Assert.Equal([nan, one, two], new[] { two, nan, one }.Order());
        Assert.True(BFloat16.IsSubnormal(new BFloat16(1)) && BFloat16.IsNormal(BFloat16.Epsilon) && BFloat16.IsFinite(BFloat16.MinValue));
        Assert.Equal(3.140625f, (float)BFloat16.Pi);
    }
}
