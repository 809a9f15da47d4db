using VisionStream.Restream.Drawing;

namespace VisionStream.Tests.Restream.Drawing;

public sealed class RowBlendTests
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 129, 255, 854];
    private static readonly int[] Weights = [0, 1, 77, 128, 200, 255, 256];

    [Fact]
    public void Constant_gives_what_its_scalar_twin_gives_at_every_length_and_weight()
    {
        foreach (var length in Lengths)
        {
            foreach (var weight in Weights)
            {
                foreach (var (even, odd) in new (byte, byte)[] { (0, 0), (235, 235), (255, 255), (16, 240), (255, 0) })
                {
                    var fast = Noise(length, 1);
                    var slow = Noise(length, 1);
                    RowBlend.Constant(fast, even, odd, weight);
                    RowBlend.ConstantScalar(slow, even, odd, weight);
                    Assert.Equal(slow, fast);
                }
            }
        }
    }

    [Fact]
    public void Masked_gives_what_its_scalar_twin_gives_at_every_length_and_weight()
    {
        foreach (var length in Lengths)
        {
            foreach (var weight in Weights)
            {
                var mask = Noise(length + 5, 2);
                mask.AsSpan(0, length / 2).Clear();
                var fast = Noise(length, 3);
                var slow = Noise(length, 3);
                RowBlend.Masked(fast, mask, 200, 30, weight);
                RowBlend.MaskedScalar(slow, mask, 200, 30, weight);
                Assert.Equal(slow, fast);
            }
        }
    }

    [Fact]
    public void Full_weight_replaces_and_zero_weight_keeps()
    {
        var row = Noise(100, 4);
        var before = row.ToArray();
        RowBlend.Constant(row, 9, 200, 0);
        Assert.Equal(before, row);
        RowBlend.Constant(row, 9, 200, RowBlend.Opaque);
        Assert.All(row.Select((value, i) => (value, i)), p => Assert.Equal(p.i % 2 == 0 ? 9 : 200, p.value));
    }

    [Fact]
    public void Full_coverage_replaces_and_no_coverage_keeps()
    {
        var row = Noise(100, 5);
        var before = row.ToArray();
        RowBlend.Masked(row, new byte[100], 9, 9, RowBlend.Opaque);
        Assert.Equal(before, row);
        RowBlend.Masked(row, Enumerable.Repeat((byte)255, 100).ToArray(), 9, 9, RowBlend.Opaque);
        Assert.All(row, value => Assert.Equal(9, value));
    }

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
