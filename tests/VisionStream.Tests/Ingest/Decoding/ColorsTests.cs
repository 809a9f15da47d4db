using VisionStream.Core.Frames;
using VisionStream.Ingest.Decoding;
using VisionStream.LibAv;
using ColorRange = VisionStream.Core.Frames.ColorRange;
using PixelLayout = VisionStream.Core.Frames.PixelLayout;

namespace VisionStream.Tests.Ingest.Decoding;

public sealed class ColorsTests
{
    [Theory]
    [InlineData(ColorSpace.Bt709, 320, 240, ColorMatrix.Bt709)]
    [InlineData(ColorSpace.Smpte170M, 1920, 1080, ColorMatrix.Bt601)]
    [InlineData(ColorSpace.Bt470Bg, 1920, 1080, ColorMatrix.Bt601)]
    [InlineData(ColorSpace.Bt2020Ncl, 3840, 2160, ColorMatrix.Bt709)]
    [InlineData(ColorSpace.Unspecified, 720, 576, ColorMatrix.Bt601)]
    [InlineData(ColorSpace.Unspecified, 720, 577, ColorMatrix.Bt709)]
    [InlineData(ColorSpace.Unspecified, 1280, 540, ColorMatrix.Bt709)]
    [InlineData(ColorSpace.Unspecified, 854, 480, ColorMatrix.Bt601)]
    public void Matrix_is_what_the_frame_says_else_what_its_size_suggests(ColorSpace space, int width, int height, ColorMatrix matrix) =>
        Assert.Equal(matrix, Colors.MatrixOf(space, width, height));

    [Theory]
    [InlineData(VisionStream.LibAv.ColorRange.Full, PixelFormat.Yuv420P, ColorRange.Full)]
    [InlineData(VisionStream.LibAv.ColorRange.Limited, PixelFormat.Yuv420P, ColorRange.Limited)]
    [InlineData(VisionStream.LibAv.ColorRange.Unspecified, PixelFormat.Yuv420P, ColorRange.Limited)]
    [InlineData(VisionStream.LibAv.ColorRange.Unspecified, PixelFormat.Yuvj422P, ColorRange.Full)]
    public void Range_is_what_the_frame_says_else_what_its_format_means(VisionStream.LibAv.ColorRange range, PixelFormat format, ColorRange expected) =>
        Assert.Equal(expected, Colors.RangeOf(range, format));

    [Theory]
    [InlineData(PixelFormat.Yuvj444P, PixelLayout.I444)]
    [InlineData(PixelFormat.Nv12, PixelLayout.Nv12)]
    [InlineData(PixelFormat.Nv21, null)]
    [InlineData(PixelFormat.Gbrp, null)]
    [InlineData(PixelFormat.Other, null)]
    public void Layouts_of_ours_need_no_conversion(PixelFormat format, PixelLayout? layout) => Assert.Equal(layout, Colors.LayoutOf(format));
}
