using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class ScalerTests
{
    // Y, Cb, Cr of pure red by the two standards (ITU-R BT.601 and BT.709), 8 bit.
    [Theory]
    [InlineData(ColorSpace.Bt470Bg, ColorRange.Limited, 81, 90, 240)]
    [InlineData(ColorSpace.Smpte170M, ColorRange.Limited, 81, 90, 240)]
    [InlineData(ColorSpace.Unspecified, ColorRange.Unspecified, 81, 90, 240)]
    [InlineData(ColorSpace.Bt709, ColorRange.Limited, 63, 102, 240)]
    [InlineData(ColorSpace.Bt470Bg, ColorRange.Full, 76, 85, 255)]
    [InlineData(ColorSpace.Bt709, ColorRange.Full, 54, 99, 255)]
    public void Red_is_red_in_every_matrix_and_range(ColorSpace space, ColorRange range, byte y, byte cb, byte cr)
    {
        using var scaler = new Scaler(accurate: true);
        using var yuv = Filled(64, 48, PixelFormat.Yuv444P, y, cb, cr);
        (yuv.ColorSpace, yuv.ColorRange) = (space, range);
        using var rgb = Empty(64, 48, PixelFormat.Rgb24);
        scaler.Scale(yuv, rgb);
        AssertPixel([255, 0, 0], rgb.Plane(0)[..3], 3);

        using var back = Empty(64, 48, PixelFormat.Yuv444P);
        (back.ColorSpace, back.ColorRange) = (space, range);
        scaler.Scale(rgb, back);
        AssertPixel([y, cb, cr], [back.Plane(0)[0], back.Plane(1)[0], back.Plane(2)[0]], 3);
    }

    [Fact]
    public void Yuvj_counts_as_full_range_even_when_the_frame_does_not_say_so()
    {
        using var scaler = new Scaler(accurate: true);
        using var yuv = Filled(32, 32, PixelFormat.Yuvj420P, 255, 128, 128);
        using var rgb = Empty(32, 32, PixelFormat.Bgra);
        scaler.Scale(yuv, rgb);
        AssertPixel([255, 255, 255, 255], rgb.Plane(0)[..4], 1);
    }

    [Fact]
    public void The_range_is_converted_between_yuv_formats_and_the_result_is_marked()
    {
        using var scaler = new Scaler(accurate: true);
        using var full = Filled(32, 32, PixelFormat.Yuvj420P, 255, 128, 128);
        using var limited = Empty(32, 32, PixelFormat.Yuv420P);
        scaler.Scale(full, limited);
        Assert.Equal(ColorRange.Limited, limited.ColorRange);
        Assert.Equal(ColorSpace.Bt470Bg, limited.ColorSpace);
        AssertPixel([235, 128], [limited.Plane(0)[5], limited.Plane(1)[3]], 1);
    }

    [Fact]
    public void A_scaler_follows_its_source_through_sizes_and_formats()
    {
        using var scaler = new Scaler();
        using var rgb = Empty(100, 51, PixelFormat.Rgb24);
        foreach (var (width, height, format, planes) in new[]
        {
            (640, 338, PixelFormat.Yuv420P, 3), (33, 17, PixelFormat.Nv12, 2), (1, 1, PixelFormat.Gray8, 1), (854, 480, PixelFormat.Yuv420P10Le, 3), (64, 64, PixelFormat.Yuyv422, 1),
        })
        {
            using var source = Empty(width, height, format);
            Assert.Equal(planes, source.PlaneCount);
            for (var plane = 0; plane < planes; plane++)
            {
                source.WritablePlane(plane).Fill(format == PixelFormat.Yuv420P10Le ? (byte)2 : (byte)128);
            }

            scaler.Scale(source, rgb);
            var (a, b, c) = (rgb.Plane(0)[0], rgb.Plane(0)[1], rgb.Plane(0)[2]);
            Assert.InRange(a, 100, 160);
            Assert.True(Math.Abs(a - b) < 4 && Math.Abs(b - c) < 4, $"{format} gave {a} {b} {c}");
        }
    }

    [Fact]
    public void Scaling_the_same_kind_of_picture_allocates_nothing()
    {
        using var scaler = new Scaler();
        using var source = Filled(640, 360, PixelFormat.Yuv420P, 100, 110, 120);
        using var destination = Empty(320, 180, PixelFormat.Rgb24);
        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                scaler.Scale(source, destination);
            }
        }));
    }

    [Fact]
    public void Frames_without_pictures_or_with_shared_buffers_are_refused()
    {
        using var scaler = new Scaler();
        using var empty = new Frame();
        using var picture = Filled(16, 16, PixelFormat.Yuv420P, 1, 2, 3);
        using var second = new Frame();
        second.Ref(picture);
        Assert.Throws<ArgumentException>(() => scaler.Scale(empty, picture));
        Assert.Throws<ArgumentException>(() => scaler.Scale(picture, empty));
        Assert.Throws<InvalidOperationException>(() => scaler.Scale(picture, second));
    }

    private static Frame Empty(int width, int height, PixelFormat format)
    {
        var frame = new Frame();
        frame.AllocateVideo(width, height, format);
        return frame;
    }

    private static Frame Filled(int width, int height, PixelFormat format, params byte[] values)
    {
        var frame = Empty(width, height, format);
        for (var plane = 0; plane < frame.PlaneCount; plane++)
        {
            frame.WritablePlane(plane).Fill(values[plane]);
        }

        return frame;
    }

    private static void AssertPixel(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, int tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"expected {string.Join(' ', expected.ToArray())}, got {string.Join(' ', actual.ToArray())}");
        }
    }
}
