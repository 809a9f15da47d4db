using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class FrameTests
{
    [Theory]
    [InlineData(PixelFormat.Yuv420P, 7, 5, "7x5 4x3 4x3")]
    [InlineData(PixelFormat.Yuv422P, 7, 5, "7x5 4x5 4x5")]
    [InlineData(PixelFormat.Yuv444P, 7, 5, "7x5 7x5 7x5")]
    [InlineData(PixelFormat.Yuv440P, 7, 5, "7x5 7x3 7x3")]
    [InlineData(PixelFormat.Yuv411P, 9, 5, "9x5 3x5 3x5")]
    [InlineData(PixelFormat.Nv12, 7, 5, "7x5 8x3")]
    [InlineData(PixelFormat.Gray8, 1, 1, "1x1")]
    [InlineData(PixelFormat.Rgb24, 7, 5, "21x5")]
    [InlineData(PixelFormat.Bgra, 7, 5, "28x5")]
    [InlineData(PixelFormat.Yuva420P, 7, 5, "7x5 4x3 4x3 7x5")]
    [InlineData(PixelFormat.Yuv420P10Le, 7, 5, "14x5 8x3 8x3")]
    public void Planes_have_the_size_that_the_format_gives_them(PixelFormat format, int width, int height, string planes)
    {
        using var frame = new Frame();
        frame.AllocateVideo(width, height, format);
        Assert.Equal(format, frame.PixelFormat);
        Assert.Equal(planes, string.Join(' ', Enumerable.Range(0, frame.PlaneCount).Select(plane => $"{frame.PlaneRowBytes(plane)}x{frame.PlaneRows(plane)}")));
        for (var plane = 0; plane < frame.PlaneCount; plane++)
        {
            Assert.Equal(((frame.PlaneRows(plane) - 1) * frame.Stride(plane)) + frame.PlaneRowBytes(plane), frame.Plane(plane).Length);
            frame.WritablePlane(plane).Fill(0xEE);
        }
    }

    [Fact]
    public void Every_format_with_a_name_is_known_to_this_ffmpeg()
    {
        foreach (var format in Enum.GetValues<PixelFormat>().Except([PixelFormat.None, PixelFormat.Other]))
        {
            using var frame = new Frame();
            frame.AllocateVideo(16, 16, format);
            Assert.Equal(format, frame.PixelFormat);
            Assert.Equal(format == PixelFormat.Gray8 ? "gray" : format.ToString().ToLowerInvariant(), frame.PixelFormatName);
        }

        using var none = new Frame();
        Assert.Equal((PixelFormat.None, "none", 0), (none.PixelFormat, none.PixelFormatName, none.PlaneCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => none.AllocateVideo(16, 16, PixelFormat.Other));
        Assert.Throws<ArgumentOutOfRangeException>(() => none.AllocateVideo(0, 16, PixelFormat.Nv12));
    }

    [Fact]
    public void A_format_without_a_name_here_keeps_its_own()
    {
        using var demuxer = Pictures.Generated("testsrc2=size=64x64:rate=5:duration=1,format=rgb565le");
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        Pictures.ForEach(demuxer, decoder, frame => Assert.Equal((PixelFormat.Other, "rgb565le"), (frame.PixelFormat, frame.PixelFormatName)));
    }

    [Fact]
    public void Shared_data_is_read_only_until_it_is_made_writable()
    {
        using var first = new Frame();
        using var second = new Frame();
        first.AllocateVideo(16, 16, PixelFormat.Gray8);
        first.WritablePlane(0).Fill(7);
        first.Pts = 40;
        second.Ref(first);
        Assert.False(first.IsWritable);
        Assert.Throws<InvalidOperationException>(() => second.WritablePlane(0).Length);
        second.MakeWritable();
        second.WritablePlane(0).Fill(9);
        Assert.Equal((7, 9, 40L), (first.Plane(0)[0], second.Plane(0)[0], second.Pts));
        first.MoveFrom(second);
        Assert.Equal(9, first.Plane(0)[0]);
        Assert.False(second.HasData);
    }

    [Fact]
    public void Properties_and_pixels_are_copied_apart()
    {
        using var source = new Frame();
        using var copy = new Frame();
        source.AllocateVideo(16, 16, PixelFormat.Yuv420P);
        copy.AllocateVideo(16, 16, PixelFormat.Yuv420P);
        source.WritablePlane(1).Fill(5);
        copy.WritablePlane(1).Fill(6);
        (source.Pts, source.ColorSpace, source.ColorRange, source.PictureType, source.SampleAspectRatio) = (123, ColorSpace.Bt709, ColorRange.Full, PictureType.I, new Rational(4, 3));
        copy.CopyPropertiesFrom(source);
        Assert.Equal((123L, ColorSpace.Bt709, ColorRange.Full, new Rational(4, 3), 6), (copy.Pts, copy.ColorSpace, copy.ColorRange, copy.SampleAspectRatio, copy.Plane(1)[0]));
        copy.CopyDataFrom(source);
        Assert.Equal(5, copy.Plane(1)[0]);
    }

    [Fact]
    public void A_plane_that_is_not_there_is_refused()
    {
        using var frame = new Frame();
        Assert.Throws<ArgumentOutOfRangeException>(() => frame.Plane(0).Length);
        frame.AllocateVideo(16, 16, PixelFormat.Nv12);
        Assert.Throws<ArgumentOutOfRangeException>(() => frame.Plane(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => frame.Stride(-1));
    }

    [Fact]
    public void A_picture_stored_bottom_up_is_refused_as_planes_and_turned_by_a_scaler()
    {
        using var demuxer = Pictures.Generated("testsrc2=size=64x64:rate=5:duration=1,format=gray,vflip");
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        using var scaler = new Scaler();
        using var turned = new Frame();
        turned.AllocateVideo(64, 64, PixelFormat.Gray8);
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            if (frame.Stride(0) < 0)
            {
                Assert.Throws<NotSupportedException>(() => frame.Plane(0).Length);
            }

            scaler.Scale(frame, turned);
            Assert.Equal(64 * 64, turned.Plane(0).Length);
        });
    }
}
