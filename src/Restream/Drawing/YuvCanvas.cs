using VisionStream.Core.Frames;

namespace VisionStream.Restream.Drawing;

/// <summary>
/// For one thread. The writable planes of a picture and the few shapes that annotation needs, drawn on the samples as they are,
/// without a detour over RGB. Everything is clipped to the picture. The caller owns the memory and sees to it that nobody else
/// reads it meanwhile.
/// </summary>
/// <remarks>
/// Where chroma is halved, a shape's edges should lie at even coordinates: a chroma sample that is only partly covered takes the
/// colour whole, so that an odd edge bleeds by one pixel.
/// </remarks>
internal readonly ref struct YuvCanvas
{
    private readonly Span<byte> _first;
    private readonly Span<byte> _second;
    private readonly Span<byte> _third;
    private readonly int _firstStride;
    private readonly int _secondStride;
    private readonly int _thirdStride;

    /// <summary>Over planes in the order of <see cref="PixelLayout"/>; the third is empty for NV12.</summary>
    public YuvCanvas(
        FrameFormat format, Span<byte> first, int firstStride, Span<byte> second, int secondStride, Span<byte> third, int thirdStride)
    {
        Format = format;
        _first = first;
        _firstStride = firstStride;
        _second = second;
        _secondStride = secondStride;
        _third = third;
        _thirdStride = thirdStride;
    }

    /// <summary>Size, layout and colours of the picture.</summary>
    public FrameFormat Format { get; }

    private int ShiftX => Format.Layout == PixelLayout.I444 ? 0 : 1;

    private int ShiftY => Format.Layout is PixelLayout.I444 or PixelLayout.I422 ? 0 : 1;

    // Bytes of one chroma sample in a row: NV12 keeps U and V side by side.
    private int ChromaStep => Format.Layout == PixelLayout.Nv12 ? 2 : 1;

    /// <summary>One row of a plane, without padding.</summary>
    public Span<byte> Row(int plane, int y)
    {
        var bytes = plane == 0 ? _first : plane == 1 ? _second : _third;
        var stride = plane == 0 ? _firstStride : plane == 1 ? _secondStride : _thirdStride;
        return bytes.Slice(y * stride, Format.PlaneWidth(plane));
    }

    /// <summary>Fills a rectangle.</summary>
    /// <param name="area">Where.</param>
    /// <param name="color">With what.</param>
    /// <param name="weight">0 to <see cref="RowBlend.Opaque"/>.</param>
    public void Fill(PixelRectangle area, YuvColor color, int weight = RowBlend.Opaque)
    {
        area = area.Within(Format.Width, Format.Height);
        if (area.IsEmpty || weight <= 0)
        {
            return;
        }

        FillLuma(area, color.Y, weight);
        var (shiftX, shiftY, step) = (ShiftX, ShiftY, ChromaStep);
        var left = (area.Left >> shiftX) * step;
        var right = (((area.Right - 1) >> shiftX) + 1) * step;
        for (var y = area.Top >> shiftY; y <= (area.Bottom - 1) >> shiftY; y++)
        {
            if (step == 2)
            {
                RowBlend.Constant(Row(1, y)[left..right], color.U, color.V, weight);
            }
            else
            {
                RowBlend.Constant(Row(1, y)[left..right], color.U, color.U, weight);
                RowBlend.Constant(Row(2, y)[left..right], color.V, color.V, weight);
            }
        }
    }

    /// <summary>Draws the four sides of a rectangle, <paramref name="thickness"/> pixels inwards.</summary>
    public void Outline(PixelRectangle area, int thickness, YuvColor color, int weight = RowBlend.Opaque)
    {
        ForEachSide(this, area, thickness, color, weight, lumaOnly: false);
    }

    /// <summary>Darkens or lightens the brightness alone along the four sides: a thin shadow that chroma does not blur.</summary>
    public void OutlineLuma(PixelRectangle area, int thickness, byte luma, int weight)
    {
        ForEachSide(this, area, thickness, new YuvColor(luma, 0, 0), weight, lumaOnly: true);
    }

    /// <summary>Mixes text into the picture, its top left corner at even coordinates.</summary>
    public void Text(TextMask text, int left, int top, YuvColor color, int weight = RowBlend.Opaque)
    {
        (left, top) = (Math.Max(0, left & ~1), Math.Max(0, top & ~1));
        var width = Math.Min(text.Width, Format.Width - left);
        var height = Math.Min(text.Height, Format.Height - top);
        if (width <= 0 || height <= 0 || weight <= 0)
        {
            return;
        }

        for (var y = 0; y < height; y++)
        {
            RowBlend.Masked(Row(0, top + y).Slice(left, width), text.Row(y), color.Y, color.Y, weight);
        }

        TextChroma(text, left, top, width, height, color, weight);
    }

    /// <summary>Moves the whole picture towards black: <paramref name="weight"/> 0 keeps it, <see cref="RowBlend.Opaque"/> is black.</summary>
    public void Dim(int weight) =>
        Fill(new PixelRectangle(0, 0, Format.Width, Format.Height), YuvColor.Black(Format.Range), weight);

    private static void ForEachSide(
        in YuvCanvas canvas, PixelRectangle area, int thickness, YuvColor color, int weight, bool lumaOnly)
    {
        var thickX = Math.Min(thickness, (area.Width + 1) / 2);
        var thickY = Math.Min(thickness, (area.Height + 1) / 2);
        if (area.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<PixelRectangle> sides =
        [
            area with { Bottom = area.Top + thickY },
            area with { Top = Math.Max(area.Top + thickY, area.Bottom - thickY) },
            new(area.Left, area.Top + thickY, area.Left + thickX, area.Bottom - thickY),
            new(Math.Max(area.Left + thickX, area.Right - thickX), area.Top + thickY, area.Right, area.Bottom - thickY),
        ];
        foreach (var side in sides)
        {
            if (lumaOnly)
            {
                canvas.FillLuma(side.Within(canvas.Format.Width, canvas.Format.Height), color.Y, weight);
            }
            else
            {
                canvas.Fill(side, color, weight);
            }
        }
    }

    private void FillLuma(PixelRectangle area, byte luma, int weight)
    {
        for (var y = area.Top; y < area.Bottom && area.Width > 0; y++)
        {
            RowBlend.Constant(Row(0, y)[area.Left..area.Right], luma, luma, weight);
        }
    }

    /// <summary>The text's coverage, averaged over the pixels of each chroma sample.</summary>
    private void TextChroma(TextMask text, int left, int top, int width, int height, YuvColor color, int weight)
    {
        const int Chunk = 256;
        var (shiftX, shiftY, step) = (ShiftX, ShiftY, ChromaStep);
        Span<byte> mask = stackalloc byte[Chunk * 2];
        var samples = (width + shiftX) >> shiftX;
        for (var y = 0; y < (height + shiftY) >> shiftY; y++)
        {
            var upper = text.Row(y << shiftY)[..width];
            var lower = text.Row(Math.Min((y << shiftY) + shiftY, height - 1))[..width];
            for (var start = 0; start < samples; start += Chunk)
            {
                var count = Math.Min(Chunk, samples - start);
                for (var i = 0; i < count; i++)
                {
                    var x = (start + i) << shiftX;
                    var right = Math.Min(x + shiftX, width - 1);
                    var coverage = (byte)((upper[x] + upper[right] + lower[x] + lower[right] + 2) >> 2);
                    mask[i * step] = coverage;
                    mask[((i + 1) * step) - 1] = coverage;
                }

                var row = ((left >> shiftX) + start) * step;
                var covered = mask[..(count * step)];
                if (step == 2)
                {
                    RowBlend.Masked(Row(1, (top >> shiftY) + y).Slice(row, covered.Length), covered, color.U, color.V, weight);
                }
                else
                {
                    RowBlend.Masked(Row(1, (top >> shiftY) + y).Slice(row, covered.Length), covered, color.U, color.U, weight);
                    RowBlend.Masked(Row(2, (top >> shiftY) + y).Slice(row, covered.Length), covered, color.V, color.V, weight);
                }
            }
        }
    }
}
