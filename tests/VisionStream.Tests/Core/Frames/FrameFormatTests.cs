using VisionStream.Core.Frames;

namespace VisionStream.Tests.Core.Frames;

public sealed class FrameFormatTests
{
    [Theory]
    [InlineData(PixelLayout.I420, 641, 339, new[] { 641, 321, 321 }, new[] { 339, 170, 170 })]
    [InlineData(PixelLayout.Nv12, 641, 339, new[] { 641, 642 }, new[] { 339, 170 })]
    [InlineData(PixelLayout.I422, 641, 339, new[] { 641, 321, 321 }, new[] { 339, 339, 339 })]
    [InlineData(PixelLayout.I444, 641, 339, new[] { 641, 641, 641 }, new[] { 339, 339, 339 })]
    [InlineData(PixelLayout.I420, 1, 1, new[] { 1, 1, 1 }, new[] { 1, 1, 1 })]
    public void Chroma_is_rounded_up(PixelLayout layout, int width, int height, int[] widths, int[] heights)
    {
        var format = new FrameFormat(width, height, layout, ColorMatrix.Bt709, ColorRange.Limited);

        Assert.Equal(widths.Length, format.PlaneCount);
        for (var plane = 0; plane < widths.Length; plane++)
        {
            Assert.Equal(widths[plane], format.PlaneWidth(plane));
            Assert.Equal(heights[plane], format.PlaneHeight(plane));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => format.PlaneWidth(widths.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => format.PlaneHeight(widths.Length));
    }
}
