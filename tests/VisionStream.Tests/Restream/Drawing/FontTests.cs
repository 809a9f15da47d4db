using VisionStream.Restream.Drawing;

namespace VisionStream.Tests.Restream.Drawing;

public sealed class FontTests
{
    [Fact]
    public void Every_visible_latin_character_has_ink_at_every_size()
    {
        foreach (var size in FontAtlas.Embedded.Sizes)
        {
            for (var c = (char)0x21; c <= 0xFF; c++)
            {
                if (char.IsControl(c) || char.IsWhiteSpace(c) || c == 0xAD)
                {
                    continue;
                }

                var glyph = size[c];
                Assert.True(size.Coverage(glyph).ContainsAnyInRange((byte)100, (byte)255), $"'{c}' at {size.PixelSize} has no ink.");
                Assert.InRange(glyph.Advance, 1, size.PixelSize * 2);
            }
        }
    }

    [Fact]
    public void Characters_outside_latin_show_as_a_box_and_not_as_nothing()
    {
        var size = FontAtlas.Embedded.Sizes[0];
        Assert.Equal(size['\u25A1'], size['\u4EBA']);
        Assert.NotEqual(0, size['\u4EBA'].Width);
    }

    [Theory]
    [InlineData(8, 11)]
    [InlineData(12.4, 11)]
    [InlineData(12.5, 14)]
    [InlineData(19, 20)]
    [InlineData(28, 28)]
    [InlineData(300, 56)]
    public void The_nearest_size_is_the_one_with_the_closest_ratio(double asked, int given) =>
        Assert.Equal(given, FontAtlas.Embedded.Nearest(asked).PixelSize);

    [Fact]
    public void A_line_that_fits_is_set_whole()
    {
        var face = FontAtlas.Embedded.Nearest(20);
        var mask = new TextMask();
        mask.Set(face, "person 87%", 1000);
        Assert.Equal("person 87%".Sum(c => face[c].Advance), mask.Width);
        Assert.Equal(face.LineHeight, mask.Height);
        Assert.Contains(Enumerable.Range(0, mask.Height), y => mask.Row(y).Contains((byte)255));
    }

    [Fact]
    public void A_line_that_does_not_fit_ends_in_an_ellipsis_within_the_width()
    {
        var face = FontAtlas.Embedded.Nearest(20);
        var mask = new TextMask();
        mask.Set(face, "a very long label indeed", 100);
        Assert.InRange(mask.Width, 60, 100);

        var dots = face[Typeface.Ellipsis];
        var baseline = mask.Row(dots.Top + dots.Height - 1);
        Assert.True(baseline[(mask.Width - dots.Advance)..].ContainsAnyInRange((byte)128, (byte)255));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(1)]
    [InlineData(5)]
    public void A_width_too_small_for_anything_is_survived(int width)
    {
        var mask = new TextMask();
        mask.Set(FontAtlas.Embedded.Sizes[^1], "text", width);
        Assert.InRange(mask.Width, 0, Math.Max(0, width));
    }
}
