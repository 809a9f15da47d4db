using VisionStream.Core.Frames;

namespace VisionStream.Host.Demo;

/// <summary>
/// For one thread. Renders the demo's picture: a quiet background and things that the bundled model knows, moving and turning.
/// Every picture is computed from its time alone.
/// </summary>
internal sealed class DemoScene
{
    /// <summary>Width and height in pixels: what smart glasses send.</summary>
    public const int Width = 854, Height = 480;

    private readonly byte[] _luma = new byte[Width * Height];
    private readonly IReadOnlyList<Sprite> _sprites;

    /// <param name="sprites">The things to show, the later ones in front.</param>
    public DemoScene(IReadOnlyList<Sprite> sprites)
    {
        _sprites = sprites;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                // A desk under a lamp: brighter in the middle, with a faint grain.
                var (dx, dy) = ((x - (Width * 0.45)) / Width, (y - (Height * 0.4)) / Height);
                var light = 150 - (110 * ((dx * dx) + (dy * dy)));
                _luma[(y * Width) + x] = (byte)(light + (3 * Math.Sin((x * 0.21) + (4 * Math.Sin(y * 0.013)))));
            }
        }
    }

    /// <summary>What the demo shows.</summary>
    public static IReadOnlyList<Sprite> DefaultSprites()
    {
        var qr = Texture.OfCells(Art("qr_code"), 5, 5, 4);
        var barcode = Texture.OfCells(Art("barcode"), 2, 110, 9);
        var fiducial = Texture.OfCells(Art("fiducial"), 16, 16, 1);
        return
        [
            new Sprite("barcode", barcode, 0.42f, 0, 0.3f),
            new Sprite("fiducial", fiducial, 0.28f, 3.1f, 0.8f),
            new Sprite("stop_sign", SignArt.StopSign(), 0.30f, 6.4f, 0.25f),
            new Sprite("qr_code", qr, 0.36f, 9.2f, 0.6f),
        ];
    }

    /// <summary>The format of the pictures.</summary>
    public static FrameFormat Format { get; } = new(Width, Height, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Limited);

    /// <summary>Paints the picture of a time into a slot of that format.</summary>
    public void Paint(in FrameWrite target, double seconds)
    {
        target.CopyPlane(0, _luma, Width);
        target.Plane(1).Fill(124);
        target.Plane(2).Fill(133);
        foreach (var sprite in _sprites)
        {
            Paint(target, sprite, seconds);
        }
    }

    private static void Paint(in FrameWrite target, Sprite sprite, double seconds)
    {
        var (centreX, centreY, angle, scale) = sprite.At(seconds);
        var texture = sprite.Texture;
        var zoom = sprite.Size * scale * Height / Math.Max(texture.Width, texture.Height);
        var (cos, sin) = (MathF.Cos(angle) / zoom, MathF.Sin(angle) / zoom);
        var (x0, y0) = (centreX * Width, centreY * Height);
        var reach = (int)MathF.Ceiling(zoom * MathF.Sqrt((texture.Width * texture.Width) + (texture.Height * texture.Height)) / 2) + 1;
        var luma = target.Plane(0);
        var u = target.Plane(1);
        var v = target.Plane(2);
        var (lumaStride, chromaStride) = (target.Stride(0), target.Stride(1));

        for (var y = Math.Max(0, (int)y0 - reach); y < Math.Min(Height, (int)y0 + reach); y++)
        {
            for (var x = Math.Max(0, (int)x0 - reach); x < Math.Min(Width, (int)x0 + reach); x++)
            {
                var (dx, dy) = (x + 0.5f - x0, y + 0.5f - y0);
                var texel = texture.Sample((texture.Width / 2f) + (dx * cos) + (dy * sin), (texture.Height / 2f) - (dx * sin) + (dy * cos));
                if (texel.Coverage <= 0)
                {
                    continue;
                }

                Blend(ref luma[(y * lumaStride) + x], texel.Y, texel.Coverage);
                if (((x | y) & 1) == 0)
                {
                    var at = (y / 2 * chromaStride) + (x / 2);
                    Blend(ref u[at], texel.U, texel.Coverage);
                    Blend(ref v[at], texel.V, texel.Coverage);
                }
            }
        }
    }

    private static void Blend(ref byte sample, float value, float coverage) =>
        sample = (byte)((sample * (1 - coverage)) + (value * coverage) + 0.5f);

    private static string[] Art(string name)
    {
        using var stream = typeof(DemoScene).Assembly.GetManifestResourceStream($"VisionStream.Host.Demo.Art.{name}.txt")
            ?? throw new InvalidOperationException($"The demo's art '{name}' is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
