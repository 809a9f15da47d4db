using VisionStream.Core.Frames;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Core.Frames;

public sealed class FrameWriteTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(50)]
    [InlineData(37)]
    public void Rows_are_copied_whatever_the_sources_stride(int sourceStride)
    {
        var format = new FrameFormat(37, 5, PixelLayout.I444, ColorMatrix.Bt601, ColorRange.Full);
        using var ring = new FrameRing(3);
        var source = new byte[(4 * sourceStride) + 37];
        new Random(1).NextBytes(source);

        Assert.True(ring.TryBeginWrite(format, out var write));
        write.CopyPlane(1, source, sourceStride);
        ring.Publish(write, new FrameInfo(StreamSession.Start(TimeProvider.System), default, default, default, 0, 0, true));

        Assert.True(ring.TryLeaseNewest(0, out var lease));
        using (lease)
        {
            for (var y = 0; y < 5; y++)
            {
                Assert.True(lease.Frame.Plane(1).Slice(y * lease.Frame.Stride(1), 37).SequenceEqual(source.AsSpan(y * sourceStride, 37)));
            }
        }
    }

    [Fact]
    public void Only_the_slot_that_was_given_last_can_be_published()
    {
        var format = new FrameFormat(2, 2, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Full);
        var info = new FrameInfo(StreamSession.Start(TimeProvider.System), default, default, default, 0, 0, true);
        using var ring = new FrameRing(3);
        Assert.True(ring.TryBeginWrite(format, out var write));
        ring.Publish(write, info);

        var threw = false;
        try
        {
            ring.Publish(write, info);
        }
        catch (InvalidOperationException)
        {
            threw = true;
        }

        Assert.True(threw);
    }
}
