using VisionStream.Core.Frames;
using VisionStream.Restream.Drawing;

namespace VisionStream.Tests.Restream.Drawing;

public sealed class PaletteTests
{
    [Fact]
    public void Every_class_colour_carries_black_text_at_the_contrast_that_WCAG_asks_for()
    {
        for (var i = 0; i < Palette.Count; i++)
        {
            var (red, green, blue) = Palette.Rgb(i);
            var luminance = (0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue));
            Assert.True((luminance + 0.05) / 0.05 >= 4.5, $"Class {i}: contrast {(luminance + 0.05) / 0.05:F1}.");
        }

        static double Linear(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    [Fact]
    public void Neighbouring_classes_are_far_apart()
    {
        var palette = new Palette(ColorMatrix.Bt709, ColorRange.Limited);
        for (var i = 0; i < 80; i++)
        {
            for (var j = i + 1; j <= i + 2; j++)
            {
                var difference = Math.Abs(palette[i].U - palette[j].U) + Math.Abs(palette[i].V - palette[j].V) + Math.Abs(palette[i].Y - palette[j].Y);
                Assert.True(difference >= 30, $"Classes {i} and {j} differ by {difference}.");
            }
        }
    }

    [Fact]
    public void A_negative_class_number_has_a_colour_too() =>
        Assert.NotEqual(default, new Palette(ColorMatrix.Bt601, ColorRange.Full)[-7]);

    [Theory]
    [InlineData(1, 0, 0, ColorMatrix.Bt601, 81, 90, 240)]
    [InlineData(0, 1, 0, ColorMatrix.Bt601, 145, 54, 34)]
    [InlineData(0, 0, 1, ColorMatrix.Bt601, 41, 240, 110)]
    [InlineData(1, 0, 0, ColorMatrix.Bt709, 63, 102, 240)]
    [InlineData(1, 1, 1, ColorMatrix.Bt709, 235, 128, 128)]
    public void Primaries_have_the_samples_that_the_recommendations_give(
        double red, double green, double blue, ColorMatrix matrix, byte y, byte u, byte v) =>
        Assert.Equal(new YuvColor(y, u, v), YuvColor.FromRgb(red, green, blue, matrix, ColorRange.Limited));
}
