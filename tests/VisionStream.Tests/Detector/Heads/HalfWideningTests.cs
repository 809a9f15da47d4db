using VisionStream.Detector.Heads;

namespace VisionStream.Tests.Detector.Heads;

[Trait("code", "vectors")]
public sealed class HalfWideningTests
{
    [Fact]
    public void Every_half_becomes_the_float_that_a_conversion_gives()
    {
        var halves = Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i)).ToArray();
        var floats = new float[halves.Length];
        HalfWidening.Widen(halves, floats);
        for (var i = 0; i < halves.Length; i++)
        {
            var expected = (float)halves[i];
            Assert.True(
                float.IsNaN(expected) ? float.IsNaN(floats[i]) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(floats[i]),
                $"{i:X4} became {floats[i]}");
        }
    }

    [Fact]
    public void Any_length_is_converted_to_its_end()
    {
        for (var length = 0; length < 70; length++)
        {
            var halves = Enumerable.Range(1, length).Select(i => (Half)i).ToArray();
            var floats = new float[length];
            HalfWidening.Widen(halves, floats);
            Assert.Equal(Enumerable.Range(1, length).Select(i => (float)i), floats);
        }
    }
}
