using VisionStream.Core.Frames;

namespace VisionStream.Restream.Drawing;

/// <summary>
/// For one thread. Draws boxes with their labels, the information line and notices on a picture of any size and layout; line
/// width and text size follow the picture's height. Allocates nothing once it has seen a size and its longest text.
/// </summary>
/// <param name="scale">Enlarges text and lines (default: 1).</param>
internal sealed class FrameAnnotator(double scale = 1)
{
    private const int LongestLabel = 48;
    private const int PlateWeight = RowBlend.Opaque * 6 / 10;
    private const int ShadowWeight = RowBlend.Opaque / 2;

    private readonly TextMask _text = new();
    private readonly Palette?[] _palettes = new Palette?[4];
    private AnnotationStyle? _style;
    private int _styledHeight;

    /// <summary>Draws boxes, the last one first, so that the surest lies on top.</summary>
    public void DrawBoxes(in YuvCanvas canvas, ReadOnlySpan<Annotation> boxes)
    {
        var style = StyleFor(canvas.Format.Height);
        var palette = PaletteFor(canvas.Format);
        for (var i = boxes.Length - 1; i >= 0; i--)
        {
            DrawBox(canvas, boxes[i], style, palette);
        }
    }

    /// <summary>Writes a line on a dark strip in the top left corner.</summary>
    public void DrawInformation(in YuvCanvas canvas, ReadOnlySpan<char> line)
    {
        var style = StyleFor(canvas.Format.Height);
        _text.Set(style.Label, line, canvas.Format.Width - (2 * style.Padding));
        DrawOnDarkPlate(canvas, 0, 0, style.Padding);
    }

    /// <summary>Writes a line on a dark plate in the middle of the picture.</summary>
    public void DrawNotice(in YuvCanvas canvas, ReadOnlySpan<char> line)
    {
        var style = StyleFor(canvas.Format.Height);
        var padding = style.Padding * 3;
        _text.Set(style.Notice, line, canvas.Format.Width - (2 * padding));
        DrawOnDarkPlate(
            canvas, (canvas.Format.Width - _text.Width) / 2 - padding, (canvas.Format.Height - _text.Height) / 2 - padding, padding);
    }

    private static int Even(float value) => 2 * (int)MathF.Round(value / 2, MidpointRounding.AwayFromZero);

    private void DrawBox(in YuvCanvas canvas, in Annotation box, AnnotationStyle style, Palette palette)
    {
        var weight = (int)(Math.Clamp(box.Opacity, 0, 1) * RowBlend.Opaque);
        var left = Even(box.Box.X);
        var top = Even(box.Box.Y);
        var area = new PixelRectangle(
            left, top, Math.Max(left + style.Line, Even(box.Box.Right)), Math.Max(top + style.Line, Even(box.Box.Bottom)));
        var color = palette[box.ClassId];
        canvas.OutlineLuma(area.Grown(1), 1, palette.Black.Y, ShadowWeight * weight / RowBlend.Opaque);
        canvas.OutlineLuma(area.Grown(-style.Line), 1, palette.Black.Y, ShadowWeight * weight / RowBlend.Opaque);
        canvas.Outline(area, style.Line, color, weight);
        DrawLabel(canvas, box, area, style, color, palette.Black, weight);
    }

    private void DrawLabel(
        in YuvCanvas canvas, in Annotation box, PixelRectangle area, AnnotationStyle style, YuvColor plate, YuvColor ink, int weight)
    {
        Span<char> line = stackalloc char[LongestLabel + 6];
        var label = box.Label.AsSpan(0, Math.Min(box.Label.Length, LongestLabel));
        label.CopyTo(line);
        line[label.Length] = ' ';
        var percent = (int)MathF.Round(Math.Clamp(box.Confidence, 0, 1) * 100);
        percent.TryFormat(line[(label.Length + 1)..], out var digits, default, System.Globalization.CultureInfo.InvariantCulture);
        line[label.Length + 1 + digits] = '%';
        _text.Set(style.Label, line[..(label.Length + digits + 2)], canvas.Format.Width - (2 * style.Padding));

        var width = (_text.Width + (2 * style.Padding) + 1) & ~1;
        var height = (_text.Height + 1) & ~1;
        var left = Math.Max(0, Math.Min(area.Left, (canvas.Format.Width - width) & ~1));

        // Above the box where there is room, else inside its upper edge.
        var top = Math.Max(0, area.Top >= height ? area.Top - height : area.Top + style.Line);
        canvas.Fill(new PixelRectangle(left, top, left + width, top + height), plate, weight);
        canvas.Text(_text, left + style.Padding, top, ink, weight);
    }

    private void DrawOnDarkPlate(in YuvCanvas canvas, int left, int top, int padding)
    {
        var palette = PaletteFor(canvas.Format);
        (left, top) = (Math.Max(0, left) & ~1, Math.Max(0, top) & ~1);
        var plate = new PixelRectangle(
            left, top, left + ((_text.Width + (2 * padding) + 1) & ~1), top + ((_text.Height + (2 * padding) + 1) & ~1));
        canvas.Fill(plate, palette.Black, PlateWeight);
        canvas.Text(_text, left + padding, top + padding, palette.White);
    }

    private AnnotationStyle StyleFor(int height)
    {
        if (_style is null || _styledHeight != height)
        {
            _style = AnnotationStyle.For(height, scale);
            _styledHeight = height;
        }

        return _style;
    }

    private Palette PaletteFor(in FrameFormat format) =>
        _palettes[((int)format.Matrix * 2) + (int)format.Range] ??= new Palette(format.Matrix, format.Range);
}
