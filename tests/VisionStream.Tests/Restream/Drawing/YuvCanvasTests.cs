using VisionStream.Core.Frames;
using VisionStream.Restream.Drawing;

namespace VisionStream.Tests.Restream.Drawing;

public sealed class YuvCanvasTests
{
    private static readonly YuvColor Red = new(63, 102, 240);

    public static TheoryData<PixelLayout> Layouts => new(Pictures.Layouts);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_filled_rectangle_has_the_colour_inside_and_nothing_outside(PixelLayout layout)
    {
        var picture = Pictures.Grey(65, 49, layout);
        picture.Canvas.Fill(new PixelRectangle(10, 8, 30, 20), Red);
        for (var y = 0; y < 49; y++)
        {
            for (var x = 0; x < 65; x++)
            {
                var inside = x is >= 10 and < 30 && y is >= 8 and < 20;
                Assert.Equal(inside ? (Red.Y, Red.U, Red.V) : ((byte)100, (byte)128, (byte)128), Pictures.At(picture, x, y));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void An_outline_lies_inside_its_rectangle_and_leaves_the_middle_alone(PixelLayout layout)
    {
        var picture = Pictures.Grey(64, 48, layout);
        picture.Canvas.Outline(new PixelRectangle(10, 8, 30, 20), 2, Red);
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                var outer = x is >= 10 and < 30 && y is >= 8 and < 20;
                var inner = x is >= 12 and < 28 && y is >= 10 and < 18;
                Assert.Equal(outer && !inner ? (Red.Y, Red.U, Red.V) : ((byte)100, (byte)128, (byte)128), Pictures.At(picture, x, y));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Shapes_that_leave_the_picture_are_clipped(PixelLayout layout)
    {
        foreach (var (width, height) in new[] { (1, 1), (2, 3), (7, 5), (33, 17) })
        {
            var picture = Pictures.Grey(width, height, layout);
            var text = new TextMask();
            text.Set(FontAtlas.Embedded.Sizes[2], "clip", 400);
            foreach (var at in new[] { -1000, -3, 0, 1, 5, 31, 1000 })
            {
                var area = new PixelRectangle(at, at, at + 12, at + 9);
                picture.Canvas.Fill(area, Red);
                picture.Canvas.Outline(area, 4, Red, 100);
                picture.Canvas.OutlineLuma(area, 1, 16, 128);
                picture.Canvas.Text(text, at, at, Red);
            }

            Assert.NotEqual(100, Pictures.At(picture, 0, 0).Y);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Text_covers_luma_and_chroma_in_the_same_places(PixelLayout layout)
    {
        var picture = Pictures.Grey(120, 40, layout);
        var text = new TextMask();
        text.Set(FontAtlas.Embedded.Nearest(28), "II", 400);
        picture.Canvas.Text(text, 4, 4, Red);
        var touched = 0;
        for (var y = 0; y < text.Height; y++)
        {
            for (var x = 0; x < text.Width; x++)
            {
                if (text.Row(y)[x] == 255)
                {
                    Assert.Equal(Red.Y, Pictures.At(picture, 4 + x, 4 + y).Y);
                    touched++;
                }
                else if (text.Row(y)[x] == 0)
                {
                    Assert.Equal(100, Pictures.At(picture, 4 + x, 4 + y).Y);
                }
            }
        }

        Assert.True(touched > 40);
        Assert.Contains(Enumerable.Range(4, text.Width), x => Pictures.At(picture, x, 16).V > 200);
    }

    [Fact]
    public void Dimming_halves_what_lies_above_black()
    {
        var picture = Pictures.Grey(31, 9, luma: 116);
        picture.Canvas.Fill(new PixelRectangle(0, 0, 2, 2), new YuvColor(216, 28, 228));
        picture.Canvas.Dim(RowBlend.Opaque / 2);
        Assert.Equal((66, 128, 128), Pictures.At(picture, 30, 8));
        Assert.Equal((116, 78, 178), Pictures.At(picture, 0, 0));
    }
}
