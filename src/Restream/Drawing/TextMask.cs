namespace VisionStream.Restream.Drawing;

/// <summary>
/// For one thread. A line of text as coverage, ready to be mixed into a picture. The memory is kept for the next text, so that
/// setting a line allocates nothing once the longest has been seen.
/// </summary>
internal sealed class TextMask
{
    private byte[] _coverage = [];

    /// <summary>Columns in use.</summary>
    public int Width { get; private set; }

    /// <summary>Rows in use.</summary>
    public int Height { get; private set; }

    /// <summary>The coverage of one row, <see cref="Width"/> samples.</summary>
    public ReadOnlySpan<byte> Row(int y) => _coverage.AsSpan(y * Width, Width);

    /// <summary>Sets a line; what does not fit <paramref name="maxWidth"/> is cut and ends in an ellipsis.</summary>
    public void Set(Typeface typeface, ReadOnlySpan<char> text, int maxWidth)
    {
        var cut = Fit(typeface, text, maxWidth, out var width);
        Width = width;
        Height = typeface.LineHeight;
        if (_coverage.Length < Width * Height)
        {
            _coverage = new byte[Width * Height * 2];
        }

        _coverage.AsSpan(0, Width * Height).Clear();
        var pen = 0;
        foreach (var character in text[..cut])
        {
            pen += Stamp(typeface, character, pen);
        }

        if (cut < text.Length)
        {
            Stamp(typeface, Typeface.Ellipsis, pen);
        }
    }

    /// <summary>How many characters fit, and how wide the line gets.</summary>
    private static int Fit(Typeface typeface, ReadOnlySpan<char> text, int maxWidth, out int width)
    {
        var ellipsis = typeface[Typeface.Ellipsis].Advance;
        var pen = 0;
        var cut = 0;
        var cutWidth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            pen += typeface[text[i]].Advance;
            if (pen + ellipsis <= maxWidth)
            {
                cut = i + 1;
                cutWidth = pen;
            }
        }

        if (pen <= maxWidth)
        {
            width = pen;
            return text.Length;
        }

        width = Math.Clamp(cutWidth + ellipsis, 0, Math.Max(0, maxWidth));
        return cut;
    }

    private int Stamp(Typeface typeface, char character, int pen)
    {
        var glyph = typeface[character];
        var source = typeface.Coverage(glyph);
        var left = pen + glyph.Left;
        var from = Math.Max(0, -left);
        var to = Math.Min(glyph.Width, Width - left);
        for (var y = Math.Max(0, -glyph.Top); y < glyph.Height && glyph.Top + y < Height && from < to; y++)
        {
            var target = _coverage.AsSpan(((glyph.Top + y) * Width) + left + from, to - from);
            var row = source.Slice((y * glyph.Width) + from, to - from);
            for (var x = 0; x < row.Length; x++)
            {
                // Neighbours may overlap by a pixel.
                target[x] = Math.Max(target[x], row[x]);
            }
        }

        return glyph.Advance;
    }
}
