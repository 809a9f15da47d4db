using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Detector.Cadence;

namespace VisionStream.Tests.Detector.Cadence;

[Trait("code", "vectors")]
public sealed class LumaGridTests
{
    [Fact]
    public void The_sum_by_vectors_is_the_plain_sum_at_awkward_lengths()
    {
        var random = new Random(3);
        foreach (var length in new[] { 0, 1, 7, 15, 16, 17, 31, 33, 63, 64, 65, 255, 1280, 2047, 2048, 2049, 5000 })
        {
            var bytes = new byte[length + 3];
            random.NextBytes(bytes);
            Assert.Equal(LumaGrid.SumScalar(bytes.AsSpan(3)), LumaGrid.Sum(bytes.AsSpan(3)));
            bytes.AsSpan().Fill(255);
            Assert.Equal(255 * length, LumaGrid.Sum(bytes.AsSpan(3)));
        }
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(640, 338)]
    [InlineData(33, 19)]
    public void A_spot_is_seen_and_noise_is_not(int width, int height)
    {
        using var ring = new FrameRing(3);
        var still = Grid(ring, width, height, noise: 2, seed: 1, spot: false);
        var noisy = Grid(ring, width, height, noise: 2, seed: 2, spot: false);
        var spotted = Grid(ring, width, height, noise: 2, seed: 3, spot: true);

        Assert.True(still.DistanceTo(noisy) < SceneWatch.Threshold);
        Assert.True(still.DistanceTo(spotted) >= SceneWatch.Threshold);
    }

    [Fact]
    public void Another_size_is_always_a_change()
    {
        using var ring = new FrameRing(3);
        Assert.Equal(float.PositiveInfinity, Grid(ring, 64, 48, 0, 1, false).DistanceTo(Grid(ring, 64, 50, 0, 1, false)));
    }

    [Fact]
    public void Taking_a_frame_allocates_nothing()
    {
        using var ring = new FrameRing(3);
        var grid = Grid(ring, 640, 360, 2, 1, false);
        Assert.True(ring.TryLeaseNewest(0, out var lease));
        using (lease)
        {
            Assert.Equal(0, SteadyState.Allocation(() => grid.Take(lease.Frame)));
        }
    }

    private static LumaGrid Grid(FrameRing ring, int width, int height, int noise, int seed, bool spot)
    {
        var random = new Random(seed);
        Assert.True(ring.TryBeginWrite(new FrameFormat(width, height, PixelLayout.I420, ColorMatrix.Bt709, ColorRange.Limited), out var write));
        var plane = write.Plane(0);
        var stride = write.Stride(0);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // A spot of about a cell and a half, away from the cells' edges.
                var inSpot = spot && Math.Abs(x - (width * 0.6)) <= width / 42.0 && Math.Abs(y - (height * 0.4)) <= height / 24.0;
                var level = inSpot ? 140 : 100;
                plane[(y * stride) + x] = (byte)(level + random.Next(-noise, noise + 1));
            }
        }

        ring.Publish(write, new FrameInfo(StreamSession.Start(TimeProvider.System), default, default, default, 0, 0, false));
        Assert.True(ring.TryLeaseNewest(0, out var lease));
        using (lease)
        {
            var grid = new LumaGrid();
            grid.Take(lease.Frame);
            return grid;
        }
    }
}
