using FsCheck;
using FsCheck.Fluent;
using VisionStream.Detector.Letterboxing;

namespace VisionStream.Tests.Detector.Letterboxing;

public sealed class LetterboxTests
{
    [Theory]
    [InlineData(1280, 720, 640, 0, 140, 640, 360)]
    [InlineData(810, 1080, 640, 80, 0, 480, 640)]
    [InlineData(768, 576, 640, 0, 80, 640, 480)]
    [InlineData(773, 512, 640, 0, 108, 640, 424)] // 423.9
    [InlineData(640, 338, 640, 0, 151, 640, 338)]
    [InlineData(640, 337, 640, 0, 151, 640, 337)] // margin 151.5: the odd row goes below
    [InlineData(500, 500, 320, 0, 0, 320, 320)]
    public void A_centred_picture_lies_where_Ultralytics_puts_it(int w, int h, int side, int left, int top, int width, int height)
    {
        var box = Letterbox.Fit(w, h, side, side, InputStyle.Centred);
        Assert.Equal((left, top, width, height), (box.Left, box.Top, box.Width, box.Height));
    }

    [Theory]
    [InlineData(810, 1080, 416, 312, 416)]
    [InlineData(773, 512, 416, 416, 275)] // 275.5 rounds down
    [InlineData(1080, 1920, 640, 360, 640)]
    public void YOLOX_gets_the_picture_at_the_top_left_with_sizes_rounded_down(int w, int h, int side, int width, int height)
    {
        var box = Letterbox.Fit(w, h, side, side, InputStyle.TopLeft);
        Assert.Equal((0, 0, width, height), (box.Left, box.Top, box.Width, box.Height));
    }

    [Fact]
    public void Any_picture_fits_and_touches_two_edges_to_within_a_rounding()
    {
        Prop.ForAll(
            Gen.Choose(1, 8192).Four().ToArbitrary(),
            Gen.Elements(InputStyle.Centred, InputStyle.TopLeft).ToArbitrary(),
            (sides, style) =>
            {
                var (w, h, cw, ch) = sides;
                var box = Letterbox.Fit(w, h, cw, ch, style);
                var inside = box.Left >= 0 && box.Top >= 0 && box.Left + box.Width <= cw && box.Top + box.Height <= ch;
                return inside && box.Width >= 1 && box.Height >= 1 && (box.Width >= cw - 1 || box.Height >= ch - 1);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_box_comes_back_from_the_canvas_and_is_clipped_to_the_picture()
    {
        var letterbox = Letterbox.Fit(1280, 720, 640, 640, InputStyle.Centred);
        var box = letterbox.ToSource(10, 150, 60, 170);
        Assert.Equal((20f, 20f, 100f, 40f), (box.X, box.Y, box.Width, box.Height));
        var clipped = letterbox.ToSource(-5, 100, 700, 600);
        Assert.Equal((0f, 0f, 1280f, 720f), (clipped.X, clipped.Y, clipped.Width, clipped.Height));
        var outside = letterbox.ToSource(10, 10, 20, 20);
        Assert.Equal(0, outside.Area);
    }
}
