using System.Buffers.Binary;
using System.IO.Compression;

namespace VisionStream.Restream.Drawing;

/// <summary>
/// Immutable, safe from any thread. The sizes of the embedded font, DejaVu Sans Bold, rendered once by <c>eng/font-atlas.py</c>,
/// which also says how the file is laid out.
/// </summary>
internal sealed class FontAtlas
{
    private const string Resource = "DejaVuSansBold.atlas";

    private readonly Typeface[] _sizes;

    private FontAtlas(Typeface[] sizes) => _sizes = sizes;

    /// <summary>The embedded font.</summary>
    public static FontAtlas Embedded { get; } = Load();

    /// <summary>All sizes, smallest first.</summary>
    public IReadOnlyList<Typeface> Sizes => _sizes;

    /// <summary>The size whose ratio to <paramref name="pixels"/> is closest to one.</summary>
    public Typeface Nearest(double pixels)
    {
        var best = _sizes[0];
        foreach (var size in _sizes)
        {
            if (Distance(size) < Distance(best))
            {
                best = size;
            }
        }

        return best;

        double Distance(Typeface typeface) => Math.Abs(Math.Log(typeface.PixelSize / Math.Max(1, pixels)));
    }

    private static FontAtlas Load()
    {
        using var resource = typeof(FontAtlas).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from {typeof(FontAtlas).Assembly.GetName().Name}.");
        using var unpacked = new MemoryStream();
        using (var deflated = new ZLibStream(resource, CompressionMode.Decompress))
        {
            deflated.CopyTo(unpacked);
        }

        return Parse(unpacked.ToArray());
    }

    private static FontAtlas Parse(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("VSFA\u0001"u8))
        {
            throw new InvalidDataException($"{Resource} is no atlas of version 1; make it with eng/font-atlas.py.");
        }

        var sizes = new Typeface[bytes[5]];
        bytes = bytes[6..];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = ParseSize(ref bytes);
        }

        return new FontAtlas(sizes);
    }

    private static Typeface ParseSize(ref ReadOnlySpan<byte> bytes)
    {
        var pixelSize = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        var (ascent, descent) = (bytes[2], bytes[3]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        bytes = bytes[6..];
        var glyphs = new Dictionary<char, Glyph>(count);
        var coverage = new List<byte>();
        for (var i = 0; i < count; i++)
        {
            var character = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            var glyph = new Glyph((sbyte)bytes[2], (sbyte)bytes[3], bytes[4], bytes[5], bytes[6], coverage.Count);
            glyphs.Add(character, glyph);
            coverage.AddRange(bytes.Slice(7, glyph.Width * glyph.Height));
            bytes = bytes[(7 + (glyph.Width * glyph.Height))..];
        }

        return new Typeface(pixelSize, ascent, descent, glyphs, [.. coverage]);
    }
}
