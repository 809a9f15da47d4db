using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Restream.Drawing;

namespace VisionStream.Tests.Restream.Drawing;

public sealed class FrameAnnotatorTests
{
    private static readonly Palette Colors = new(ColorMatrix.Bt709, ColorRange.Limited);

    public static TheoryData<PixelLayout> Layouts => new(Pictures.Layouts);

    [Theory]
    [InlineData(320, 2, 11)]
    [InlineData(480, 2, 14)]
    [InlineData(720, 4, 20)]
    [InlineData(1080, 4, 28)]
    [InlineData(2160, 10, 56)]
    public void Lines_and_text_grow_with_the_picture(int height, int line, int pixelSize)
    {
        var style = AnnotationStyle.For(height, 1);
        Assert.Equal(line, style.Line);
        Assert.Equal(pixelSize, style.Label.PixelSize);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_box_has_its_class_colour_on_its_four_sides(PixelLayout layout)
    {
        var picture = Pictures.Grey(640, 360, layout);
        new FrameAnnotator().DrawBoxes(picture.Canvas, [new Annotation(2, "car", 0.5f, new BoundingBox(100, 120, 200, 80), 1)]);
        var color = Colors[2];
        Assert.All(
            new[] { (100, 160), (101, 160), (298, 160), (299, 160), (200, 120), (200, 121), (200, 198), (200, 199) },
            p => Assert.Equal((color.Y, color.U, color.V), Pictures.At(picture, p.Item1, p.Item2)));
        Assert.Equal(100, Pictures.At(picture, 200, 160).Y);
        Assert.True(Pictures.At(picture, 99, 160).Y < 100, "A shadow sets the line off from a background of its own colour.");
    }

    [Fact]
    public void The_label_stands_above_the_box_or_inside_it_where_there_is_no_room()
    {
        var color = Colors[0];
        var roomy = Pictures.Grey(640, 360);
        new FrameAnnotator().DrawBoxes(roomy.Canvas, [new Annotation(0, "person", 0.87f, new BoundingBox(100, 120, 200, 80), 1)]);
        Assert.Equal(color.Y, Pictures.At(roomy, 100, 119).Y);

        var tight = Pictures.Grey(640, 360);
        new FrameAnnotator().DrawBoxes(tight.Canvas, [new Annotation(0, "person", 0.87f, new BoundingBox(100, 0, 200, 80), 1)]);
        Assert.Equal(color.Y, Pictures.At(tight, 100, 3).Y);
        Assert.True(CountDark(tight, new PixelRectangle(100, 2, 180, 16)) > 20, "The label's letters are dark on the plate.");
    }

    [Fact]
    public void A_label_at_the_right_edge_is_moved_inside()
    {
        var picture = Pictures.Grey(320, 240);
        new FrameAnnotator().DrawBoxes(picture.Canvas, [new Annotation(0, "person", 1, new BoundingBox(310, 100, 10, 40), 1)]);
        Assert.True(CountDark(picture, new PixelRectangle(220, 84, 320, 99)) > 40);
    }

    [Fact]
    public void Opacity_zero_draws_nothing()
    {
        var picture = Pictures.Grey(320, 240);
        new FrameAnnotator().DrawBoxes(picture.Canvas, [new Annotation(0, "person", 1, new BoundingBox(100, 100, 50, 40), 0)]);
        Assert.False(picture.Plane(0).ContainsAnyExcept((byte)100));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Any_box_on_any_picture_is_survived(PixelLayout layout)
    {
        var annotator = new FrameAnnotator();
        var random = new Random(7);
        foreach (var (width, height) in new[] { (1, 1), (2, 2), (3, 5), (15, 9), (64, 48), (321, 241) })
        {
            var picture = Pictures.Grey(width, height, layout);
            for (var i = 0; i < 200; i++)
            {
                var box = new BoundingBox(Any(width), Any(height), MathF.Abs(Any(width)), MathF.Abs(Any(height)));
                annotator.DrawBoxes(picture.Canvas, [new Annotation(random.Next(-5, 500), new string('x', random.Next(0, 90)), 2, box, 1)]);
            }

            annotator.DrawInformation(picture.Canvas, "name");
            annotator.DrawNotice(picture.Canvas, "no signal since 12:34:56");
        }

        float Any(int size) => (random.NextSingle() - 0.3f) * size * 3;
    }

    [Fact]
    public void Drawing_allocates_nothing_once_it_is_warm()
    {
        var annotator = new FrameAnnotator();
        var picture = Pictures.Grey(1280, 720);
        var boxes = Enumerable.Range(0, 20)
            .Select(i => new Annotation(i, "traffic light", 0.5f, new BoundingBox(i * 50, i * 30, 120, 90), i % 2 == 0 ? 1 : 0.5f)).ToArray();
        Assert.Equal(0, SteadyState.Allocation(DrawAll));

        void DrawAll()
        {
            annotator.DrawBoxes(picture.Canvas, boxes);
            annotator.DrawInformation(picture.Canvas, "live/glasses  12:34:56  10.0/s  42 ms");
            annotator.DrawNotice(picture.Canvas, "no signal since 12:34:56");
            picture.Canvas.Dim(RowBlend.Opaque / 2);
        }
    }

    private static int CountDark(Picture picture, PixelRectangle area)
    {
        var count = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            count += picture.Canvas.Row(0, y)[area.Left..area.Right].ToArray().Count(v => v < 50);
        }

        return count;
    }
}
