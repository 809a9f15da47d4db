using VisionStream.Core.Frames;
using VisionStream.Detector.Kernels;
using VisionStream.Detector.Letterboxing;

namespace VisionStream.Tests.Detector.Kernels;

[Trait("code", "vectors")]
public sealed class LetterboxKernelTests
{
    private static readonly VectorWidth[] Twins =
        [.. Enum.GetValues<VectorWidth>().Where(w => w != VectorWidth.Best && LetterboxKernel.IsSupported(w))];

    public static TheoryData<int, int, int, int> Sizes()
    {
        var data = new TheoryData<int, int, int, int>();
        int[] awkward = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65];
        foreach (var side in awkward)
        {
            data.Add(side, side, 32, 32);
            data.Add(side, 9, 64, 64);
            data.Add(13, side, 64, 32);
            data.Add(128, 96, side, side);
        }

        data.Add(160, 338, 338, 338); // 1:1, height not a multiple of 4
        data.Add(320, 180, 160, 160); // halved
        data.Add(214, 120, 160, 160); // as 854x480 on 640
        data.Add(480, 270, 160, 160); // every third pixel
        data.Add(960, 540, 160, 96); // three windows a group
        data.Add(193, 128, 104, 104);
        data.Add(51, 33, 160, 160); // enlarged
        data.Add(4099, 33, 64, 64); // 64 to 1
        data.Add(2160, 240, 72, 8); // as 2160x3840 on 128x128: fourteen windows a group
        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_twin_is_within_one_level_of_the_reference_and_gives_the_same_bits(int width, int height, int canvasWidth, int canvasHeight)
    {
        var seed = width + (height * 7919);
        foreach (var layout in Enum.GetValues<PixelLayout>())
        {
            var matrix = layout is PixelLayout.I420 or PixelLayout.I444 ? ColorMatrix.Bt709 : ColorMatrix.Bt601;
            var range = layout is PixelLayout.I420 or PixelLayout.I422 ? ColorRange.Limited : ColorRange.Full;
            var style = layout is PixelLayout.I444 or PixelLayout.I422 ? InputStyle.TopLeft : InputStyle.Centred;
            Check(new FrameFormat(width, height, layout, matrix, range), canvasWidth, canvasHeight, style, seed);
        }
    }

    [Theory]
    [InlineData(ColorMatrix.Bt601, ColorRange.Limited)]
    [InlineData(ColorMatrix.Bt601, ColorRange.Full)]
    [InlineData(ColorMatrix.Bt709, ColorRange.Limited)]
    [InlineData(ColorMatrix.Bt709, ColorRange.Full)]
    public void Every_layout_and_style_keeps_to_the_reference_in_every_colour_space(ColorMatrix matrix, ColorRange range)
    {
        foreach (var layout in Enum.GetValues<PixelLayout>())
        {
            foreach (var style in Enum.GetValues<InputStyle>())
            {
                Check(new FrameFormat(67, 41, layout, matrix, range), 96, 96, style, 1);
            }
        }
    }

    [Theory]
    [InlineData(ColorMatrix.Bt601, ColorRange.Full, 76, 85, 255, 255, 0, 0)] // JPEG's red
    [InlineData(ColorMatrix.Bt601, ColorRange.Limited, 81, 90, 240, 254, 0, 0)] // studio red of BT.601
    [InlineData(ColorMatrix.Bt709, ColorRange.Limited, 63, 102, 240, 255, 1, 0)] // studio red of BT.709
    [InlineData(ColorMatrix.Bt709, ColorRange.Limited, 235, 128, 128, 255, 255, 255)]
    [InlineData(ColorMatrix.Bt709, ColorRange.Limited, 16, 128, 128, 0, 0, 0)]
    [InlineData(ColorMatrix.Bt601, ColorRange.Full, 114, 128, 128, 114, 114, 114)]
    public void Known_colours_come_out(ColorMatrix matrix, ColorRange range, byte y, byte u, byte v, int red, int green, int blue)
    {
        foreach (var layout in Enum.GetValues<PixelLayout>())
        {
            using var source = TestFrame.Uniform(new FrameFormat(48, 36, layout, matrix, range), y, u, v);
            var tensor = new float[3 * 64 * 64];
            new LetterboxKernel(64, 64, InputStyle.TopLeft).Write(source.Frame, tensor);
            Assert.Equal(blue, tensor[0], 1f);
            Assert.Equal(green, tensor[64 * 64], 1f);
            Assert.Equal(red, tensor[2 * 64 * 64], 1f);
        }
    }

    [Fact]
    public void The_grey_is_written_again_when_the_shape_of_the_stream_changes()
    {
        using var wide = TestFrame.Random(Format(64, 16), 1);
        using var tall = TestFrame.Random(Format(16, 64), 2);
        var kernel = new LetterboxKernel(32, 32, InputStyle.Centred);
        var fresh = new LetterboxKernel(32, 32, InputStyle.Centred);
        var reused = new float[kernel.TensorLength];
        var expected = new float[kernel.TensorLength];
        kernel.Write(wide.Frame, reused);
        kernel.Write(tall.Frame, reused);
        fresh.Write(tall.Frame, expected);
        Assert.Equal(expected, reused);
    }

    [Fact]
    public void The_grey_stays_while_streams_of_different_sizes_fill_the_same_part_of_the_canvas()
    {
        using var large = TestFrame.Random(Format(128, 72), 1);
        using var small = TestFrame.Random(Format(64, 36), 2);
        using var tall = TestFrame.Random(Format(36, 64), 3);
        var kernel = new LetterboxKernel(32, 32, InputStyle.Centred);
        var tensor = new float[kernel.TensorLength];
        var box = kernel.Write(large.Frame, tensor);
        Assert.Equal((0, 7, 32, 18), (box.Left, box.Top, box.Width, box.Height));

        const float Mark = 7;
        tensor[0] = Mark;
        kernel.Write(small.Frame, tensor);
        Assert.Equal(Mark, tensor[0]);
        kernel.Write(large.Frame, tensor);
        Assert.Equal(Mark, tensor[0]);
        kernel.Write(tall.Frame, tensor);
        Assert.Equal(Letterbox.Grey / 255f, tensor[0], 1e-6f);
    }

    [Fact]
    public void A_format_seen_before_costs_no_memory_even_when_streams_take_turns()
    {
        using var one = TestFrame.Random(Format(320, 180), 1);
        using var other = TestFrame.Random(Format(200, 200), 2);
        var kernel = new LetterboxKernel(64, 64, InputStyle.Centred);
        var tensor = new float[kernel.TensorLength];
        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            kernel.Write(one.Frame, tensor);
            kernel.Write(other.Frame, tensor);
        }));
    }

    [Fact]
    public void More_formats_than_are_remembered_still_come_out_right()
    {
        var kernel = new LetterboxKernel(32, 32, InputStyle.Centred);
        var tensor = new float[kernel.TensorLength];
        var expected = new float[kernel.TensorLength];
        for (var round = 0; round < 2; round++)
        {
            for (var width = 20; width < 40; width++)
            {
                using var source = TestFrame.Random(Format(width, 24), width);
                kernel.Write(source.Frame, tensor);
                new LetterboxKernel(32, 32, InputStyle.Centred).Write(source.Frame, expected);
                Assert.Equal(expected, tensor);
            }
        }
    }

    [Fact]
    public void A_tensor_of_another_size_is_refused()
    {
        using var source = TestFrame.Random(Format(8, 8), 1);
        var kernel = new LetterboxKernel(32, 32, InputStyle.Centred);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Write(source.Frame, new float[3 * 32 * 31]));
    }

    private static FrameFormat Format(int width, int height) =>
        new(width, height, PixelLayout.I420, ColorMatrix.Bt709, ColorRange.Limited);

    private static void Check(FrameFormat format, int canvasWidth, int canvasHeight, InputStyle style, int seed)
    {
        using var source = TestFrame.Random(format, seed);
        float[]? first = null;
        foreach (var twin in Twins)
        {
            var kernel = new LetterboxKernel(canvasWidth, canvasHeight, style, twin);
            var singles = new float[kernel.TensorLength];
            var halves = new Half[kernel.TensorLength];
            var box = kernel.Write(source.Frame, singles);
            new LetterboxKernel(canvasWidth, canvasHeight, style, twin).Write(source.Frame, halves);
            if (first is null)
            {
                first = singles;
                CompareWithReference(source.Frame, box, singles, style);
            }

            Assert.True(first.AsSpan().SequenceEqual(singles), $"{format} {style}: {twin} differs.");
            Assert.True(Array.ConvertAll(first, f => (Half)f).AsSpan().SequenceEqual(halves), $"{format} {style}: {twin} differs in halves.");
        }
    }

    private static void CompareWithReference(VideoFrame frame, Letterbox box, float[] tensor, InputStyle style)
    {
        var expected = ReferenceLetterbox.Levels(frame, box);
        var scale = style == InputStyle.Centred ? 255.0 : 1;
        var area = box.CanvasWidth * box.CanvasHeight;
        var (worst, where, fraction) = (0.0, "", 0.0);
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = style == InputStyle.Centred ? channel : 2 - channel;
            for (var i = 0; i < area; i++)
            {
                var (x, y) = ((i % box.CanvasWidth) - box.Left, (i / box.CanvasWidth) - box.Top);
                var inside = x >= 0 && x < box.Width && y >= 0 && y < box.Height;
                var level = tensor[(plane * area) + i] * scale;
                var difference = Math.Abs(level - (inside ? expected[channel, y, x] : Letterbox.Grey));
                fraction = Math.Max(fraction, Math.Abs(level - Math.Round(level)));
                if (difference > worst)
                {
                    (worst, where) = (difference, $"channel {channel} at {x},{y} of the picture");
                }
            }
        }

        Assert.True(fraction < 1e-4, "Levels are whole.");

        // Half a level of rounding and 0.15 of arithmetic: never more than one level from the rounded reference.
        Assert.True(worst < 0.65, $"{frame.Format} {style}: {where} is {worst} off.");
    }
}
