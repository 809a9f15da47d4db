namespace VisionStream.Restream.Drawing;

/// <summary>Immutable, safe from any thread. A font at one size: ASCII, Latin-1, the ellipsis, and a box for anything else.</summary>
internal sealed class Typeface
{
    /// <summary>Ends a text that had to be cut.</summary>
    public const char Ellipsis = '\u2026';

    private const char Replacement = '\u25A1';
    private const int Latin1 = 256;

    private readonly Glyph[] _latin = new Glyph[Latin1];
    private readonly byte[] _coverage;
    private readonly Glyph _ellipsis;

    /// <summary>Takes over a size read from an atlas.</summary>
    public Typeface(int pixelSize, int ascent, int descent, IReadOnlyDictionary<char, Glyph> glyphs, byte[] coverage)
    {
        PixelSize = pixelSize;
        Ascent = ascent;
        Descent = descent;
        _coverage = coverage;
        _ellipsis = glyphs[Ellipsis];
        Array.Fill(_latin, glyphs[Replacement]);
        foreach (var (character, glyph) in glyphs)
        {
            if (character < Latin1)
            {
                _latin[character] = glyph;
            }
        }
    }

    /// <summary>The size of the em square in pixels.</summary>
    public int PixelSize { get; }

    /// <summary>From the top of a line to its baseline.</summary>
    public int Ascent { get; }

    /// <summary>From the baseline to the bottom of a line.</summary>
    public int Descent { get; }

    /// <summary>Rows of a line of text.</summary>
    public int LineHeight => Ascent + Descent;

    /// <summary>A character's glyph.</summary>
    public Glyph this[char character] => character switch
    {
        < (char)Latin1 => _latin[character],
        Ellipsis => _ellipsis,
        _ => _latin[0],
    };

    /// <summary>The glyph's coverage, 0 to 255, row by row without padding.</summary>
    public ReadOnlySpan<byte> Coverage(in Glyph glyph) => _coverage.AsSpan(glyph.Offset, glyph.Width * glyph.Height);
}
