using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.LibAv;
using VisionStream.Restream.Encoding;
using ColorRange = VisionStream.Core.Frames.ColorRange;
using PixelLayout = VisionStream.Core.Frames.PixelLayout;

namespace VisionStream.Tests.Restream.Encoding;

public sealed class FrameComposerTests
{
    private static readonly StreamSession Session = StreamSession.Start(TimeProvider.System);

    [Theory]
    [InlineData(PixelLayout.I420)]
    [InlineData(PixelLayout.Nv12)]
    public void A_frame_of_the_outputs_format_is_copied_and_itself_left_alone(PixelLayout layout)
    {
        var format = new FrameFormat(66, 34, layout, ColorMatrix.Bt709, ColorRange.Limited);
        using var ring = new FrameRing(3);
        using var picture = Allocate(format);
        var fit = Compose(ring, format, format, 90, picture);
        Assert.Equal(new PictureFit(0, 0, 66, 34, 1, 1), fit);
        Assert.Equal(90, picture.Plane(0)[0]);
        Assert.Equal(90, picture.Plane(0)[^1]);
        Assert.Equal(128, picture.Plane(1)[^1]);

        picture.WritablePlane(0).Fill(7);
        Assert.True(ring.TryLeaseNewest(0, out var lease));
        using (lease)
        {
            Assert.Equal(90, lease.Frame.Plane(0)[0]);
        }
    }

    [Theory]
    [InlineData(PixelLayout.I420)]
    [InlineData(PixelLayout.Nv12)]
    [InlineData(PixelLayout.I422)]
    [InlineData(PixelLayout.I444)]
    public void A_frame_of_another_size_or_layout_is_scaled_onto_black(PixelLayout layout)
    {
        foreach (var target in new[] { PixelLayout.I420, PixelLayout.Nv12 })
        {
            var source = new FrameFormat(64, 48, layout, ColorMatrix.Bt601, ColorRange.Limited);
            var output = new FrameFormat(320, 180, target, ColorMatrix.Bt601, ColorRange.Limited);
            using var ring = new FrameRing(3);
            using var picture = Allocate(output);
            var fit = Compose(ring, source, output, 150, picture);
            Assert.Equal((40, 0, 240, 180), (fit.Left, fit.Top, fit.Width, fit.Height));
            Assert.Equal(16, At(picture, 0, 90));
            Assert.Equal(16, At(picture, 39, 90));
            Assert.InRange(At(picture, 41, 90), 149, 151);
            Assert.InRange(At(picture, 278, 179), 149, 151);
            Assert.Equal(16, At(picture, 280, 90));
        }
    }

    [Fact]
    public void Composing_allocates_nothing_while_the_source_stays_as_it_is()
    {
        var source = new FrameFormat(64, 48, PixelLayout.I444, ColorMatrix.Bt601, ColorRange.Full);
        var output = new FrameFormat(320, 180, PixelLayout.I420, ColorMatrix.Bt709, ColorRange.Limited);
        using var ring = new FrameRing(3);
        using var picture = Allocate(output);
        using var composer = new FrameComposer(output);
        Publish(ring, source, 100);
        Assert.True(ring.TryLeaseNewest(0, out var lease));
        using (lease)
        {
            Assert.Equal(0, SteadyState.Allocation(() => composer.Compose(lease.Frame, picture)));
        }
    }

    private static PictureFit Compose(FrameRing ring, FrameFormat source, FrameFormat output, byte luma, Frame picture)
    {
        using var composer = new FrameComposer(output);
        Publish(ring, source, luma);
        Assert.True(ring.TryLeaseNewest(0, out var lease));
        using (lease)
        {
            return composer.Compose(lease.Frame, picture);
        }
    }

    private static void Publish(FrameRing ring, FrameFormat format, byte luma)
    {
        Assert.True(ring.TryBeginWrite(format, out var write));
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            write.Plane(plane).Fill(plane == 0 ? luma : (byte)128);
        }

        ring.Publish(write, new FrameInfo(Session, new MediaTime(0, 1, 1000), default, ClockSource.Arrival, 0, 0, false));
    }

    private static Frame Allocate(in FrameFormat format)
    {
        var picture = new Frame();
        picture.AllocateVideo(format.Width, format.Height, FrameComposer.PixelFormatOf(format.Layout));
        FrameComposer.MarkColors(picture, format);
        return picture;
    }

    private static byte At(Frame picture, int x, int y) => picture.Plane(0)[(y * picture.Stride(0)) + x];
}
