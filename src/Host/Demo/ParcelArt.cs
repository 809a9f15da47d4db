namespace VisionStream.Host.Demo;

/// <summary>Draws the parcels of the demo, each with a label that the bundled model knows. Pure functions; sizes in pixels of the scene.</summary>
internal static class ParcelArt
{
    // What lies below a parcel: its shadow on the belt.
    private const int ShadowHeight = 14;

    private static readonly YuvTexel Ink = YuvTexel.OfRgb(24, 24, 28);
    private static readonly YuvTexel Paper = YuvTexel.OfRgb(240, 240, 236);

    /// <summary>A cardboard box with a QR code, four pixels a module with the quiet zone that the standard asks for.</summary>
    public static Texture WithQrCode()
    {
        var code = CodeArt.Load("qr_code");
        var side = code.Columns * 4;
        return Parcel(206, 176, 196, 152, 104, new Print(code, (206 - side) / 2, 36, side, side, 16));
    }

    /// <summary>A wide, flat box with an EAN-13 barcode, two pixels a module.</summary>
    public static Texture WithBarcode()
    {
        var code = CodeArt.Load("barcode");
        var width = code.Columns * 2;
        return Parcel(280, 142, 178, 134, 88, new Print(code, (280 - width) / 2, 40, width, 74, 18));
    }

    /// <summary>A blue crate with a fiducial marker, fourteen pixels a cell.</summary>
    public static Texture WithFiducial()
    {
        var code = CodeArt.Load("fiducial");
        var side = code.Columns * 14;
        return Parcel(196, 178, 52, 96, 150, new Print(code, (196 - side) / 2, 33, side, side, 18));
    }

    private static Texture Parcel(int width, int height, int red, int green, int blue, Print label) => new(width, height + ShadowHeight, (x, y) =>
    {
        if (y >= height)
        {
            return YuvTexel.OfRgb(8, 8, 10).Faded(Shadow(x, y - height, width));
        }

        if (label.Holds(x, y, label.Margin))
        {
            return label.IsInk(x, y) ? Ink : Paper;
        }

        // Lit from above, with a lid, a darker rim and the faint lines of corrugated board.
        var light = 1.1f - (0.25f * y / height) + (0.012f * MathF.Sin(x * 1.3f)) + (0.012f * MathF.Sin((x * 0.37f) + (y * 0.23f)));
        var rim = x < 2 || x >= width - 2 || y < 2 || y >= height - 2 || y is 17 or 18;
        var tape = y < 17 && Math.Abs(x - (width / 2)) < 20;
        light *= rim ? 0.72f : tape ? 1.16f : 1;
        return YuvTexel.OfRgb(Math.Min(255, red * light), Math.Min(255, green * light), Math.Min(255, blue * light));
    });

    private static float Shadow(int x, int depth, int width)
    {
        var end = Math.Min(1, Math.Min(x, width - x) / 24f);
        return 0.55f * end * (1 - ((float)depth / ShadowHeight));
    }

    /// <summary>A print: a code at a place, with paper around it.</summary>
    private sealed record Print(CodeArt Code, int X, int Y, int Width, int Height, int Margin)
    {
        public bool Holds(int x, int y, int margin) => x >= X - margin && x < X + Width + margin && y >= Y - margin && y < Y + Height + margin;

        public bool IsInk(int x, int y) => Code.IsDark((x - X + 0.5f) / Width, (y - Y + 0.5f) / Height);
    }
}
