using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class Float16Tests
{
    // IEEE 754 binary16: value = (-1)^s * 2^(e-15) * 1.f, subnormal 2^-24 * f.
    [Theory]
    [InlineData(0f, 0x0000)]
    [InlineData(-0f, 0x8000)]
    [InlineData(1f, 0x3C00)]
    [InlineData(-2f, 0xC000)]
    [InlineData(0.5f, 0x3800)]
    [InlineData(65504f, 0x7BFF)]
    [InlineData(-65504f, 0xFBFF)]
    [InlineData(6.103515625e-5f, 0x0400)] // 2^-14, the smallest normal number
    [InlineData(6.097555160522461e-5f, 0x03FF)] // the largest subnormal number
    [InlineData(5.9604644775390625e-8f, 0x0001)] // 2^-24, the smallest
    [InlineData(float.PositiveInfinity, 0x7C00)]
    [InlineData(float.NegativeInfinity, 0xFC00)]
    public void Exact_numbers_go_both_ways(float number, int bits)
    {
        Assert.Equal((ushort)bits, ((Float16)number).value);
        Assert.Equal(BitConverter.SingleToInt32Bits(number), BitConverter.SingleToInt32Bits((float)new Float16((ushort)bits)));
    }

    [Theory]
    [InlineData(0.1f, 0x2E66)]
    [InlineData(1f / 3f, 0x3555)]
    [InlineData(2049f, 0x6800)] // halfway between 2048 and 2050: to the even one
    [InlineData(2051f, 0x6802)] // halfway between 2050 and 2052: to the even one
    [InlineData(65519f, 0x7BFF)] // below halfway to 65536
    [InlineData(65520f, 0x7C00)] // halfway: out of range
    [InlineData(1e30f, 0x7C00)]
    [InlineData(2.98023223876953125e-8f, 0x0000)] // 2^-25, halfway to the smallest: to the even zero
    [InlineData(2.9802326e-8f, 0x0001)] // just above
    [InlineData(1e-45f, 0x0000)]
    [InlineData(-1e-45f, 0x8000)]
    public void Other_numbers_go_to_the_nearest(float number, int bits) => Assert.Equal((ushort)bits, ((Float16)number).value);

    [Fact]
    public void Every_pattern_survives_the_way_to_single_precision_and_back()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var half = new Float16((ushort)bits);
            var single = (float)half;
            Assert.Equal((double)BitConverter.UInt16BitsToHalf((ushort)bits), single);
            if (!Float16.IsNaN(half))
            {
                Assert.Equal((ushort)bits, ((Float16)single).value);
            }
            else
            {
                Assert.True(Float16.IsNaN((Float16)single));
                Assert.Equal(Float16.IsNegative(half), float.IsNegative(single));
            }
        }
    }

    [Fact]
    public void Kinds_of_numbers_are_told_apart()
    {
        Assert.True(Float16.IsNaN(Float16.NaN) && Float16.IsNaN(new Float16(0x7C01)) && !Float16.IsNaN(Float16.PositiveInfinity));
        Assert.True(Float16.IsInfinity(Float16.NegativeInfinity) && Float16.IsNegativeInfinity(Float16.NegativeInfinity) && Float16.IsPositiveInfinity(Float16.PositiveInfinity));
        Assert.True(Float16.IsFinite(Float16.MaxValue) && !Float16.IsFinite(Float16.NaN) && !Float16.IsFinite(Float16.PositiveInfinity));
        Assert.True(Float16.IsSubnormal(new Float16(0x03FF)) && !Float16.IsSubnormal(Float16.Epsilon) && !Float16.IsSubnormal(Float16.Zero));
        Assert.True(Float16.IsNormal(Float16.Epsilon) && !Float16.IsNormal(Float16.Zero));
        Assert.True(Float16.IsNegative(Float16.NegativeZero) && !Float16.IsNegative(Float16.Zero));
    }

    [Fact]
    public void Order_and_equality_are_those_of_numbers()
    {
        var (one, two, nan) = (Float16.One, (Float16)2f, Float16.NaN);

        Assert.True(one < two && two > one && one <= two && two >= one && one != two);
        Assert.True(Float16.MinValue < Float16.NegativeZero && Float16.NegativeZero == Float16.Zero);
        Assert.False(nan < one || nan > one || nan <= one || nan >= one || nan == new Float16(nan.value));
        Assert.True(nan.Equals(Float16.NaN) && Float16.Zero.Equals(Float16.NegativeZero));
        Assert.Equal(Float16.Zero.GetHashCode(), Float16.NegativeZero.GetHashCode());
        Assert.Equal([nan, one, two], new[] { two, nan, one }.Order());
        Assert.Throws<ArgumentException>(() => one.CompareTo((object)1));
    }

    [Fact]
    public void Integers_are_converted_as_numbers()
    {
        Assert.Equal(0x4200, ((Float16)(ushort)3).value);
        Assert.Equal(3, (ushort)(Float16)3.7f);
        Assert.Equal(-1f, Float16.Negate(Float16.One).ToFloat());
        Assert.Equal(Float16.NaN.value, Float16.Negate(Float16.NaN).value);
        Assert.Equal("15360 : 1", Float16.One.ToString());
        Assert.Equal(3.140625f, (float)Float16.Pi);
    }
}
