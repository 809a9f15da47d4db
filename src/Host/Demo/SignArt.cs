namespace VisionStream.Host.Demo;

/// <summary>Draws the signs of the demo: a stop sign, a warning triangle, an arrow. Pure functions.</summary>
internal static class SignArt
{
    private const int Side = 160;

    // Letters five cells high, as many wide as they need.
    private static readonly string[] Stop =
    [
        ".###.#####.###.####.",
        "#......#..#...##...#",
        ".##....#..#...#####.",
        "...#...#..#...##....",
        "###....#...###.#....",
    ];

    /// <summary>A red octagon with a white rim and the word.</summary>
    public static Texture StopSign() => Paint((x, y) =>
    {
        var outer = Octagon(x, y, 0.49f);
        if (outer <= 0)
        {
            return default;
        }

        var column = (int)MathF.Floor((x - 0.14f) / 0.036f);
        var row = (int)MathF.Floor((y - 0.36f) / 0.056f);
        var letter = (uint)row < (uint)Stop.Length && (uint)column < (uint)Stop[0].Length && Stop[row][column] == '#';
        return letter || Octagon(x, y, 0.45f) <= 0 ? YuvTexel.OfRgb(240, 240, 240) : YuvTexel.OfRgb(196, 24, 32);
    });

    /// <summary>A red-rimmed white triangle, point up, with an exclamation mark.</summary>
    public static Texture WarningTriangle() => Paint((x, y) =>
    {
        if (Triangle(x, y, 0) < 0)
        {
            return default;
        }

        var mark = MathF.Abs(x - 0.5f) < 0.035f && y is (> 0.42f and < 0.66f) or (> 0.71f and < 0.78f);
        return mark ? YuvTexel.OfRgb(20, 20, 20)
            : Triangle(x, y, 0) < 0.075f ? YuvTexel.OfRgb(205, 26, 30)
            : YuvTexel.OfRgb(244, 242, 236);
    });

    /// <summary>A bold white arrow to the right on a blue plate.</summary>
    public static Texture Arrow() => Paint((x, y) =>
    {
        if (x is < 0.02f or > 0.98f || y is < 0.02f or > 0.98f)
        {
            return default;
        }

        var shaft = x is > 0.14f and < 0.56f && MathF.Abs(y - 0.5f) < 0.1f;
        var head = x is >= 0.52f and < 0.88f && MathF.Abs(y - 0.5f) < (0.88f - x) * 0.8f;
        return shaft || head ? YuvTexel.OfRgb(244, 244, 244) : YuvTexel.OfRgb(18, 62, 150);
    });

    private static Texture Paint(Func<float, float, YuvTexel> paint)
    {
        var texture = new Texture(Side, Side);
        texture.Fill((x, y) => paint((x + 0.5f) / Side, (y + 0.5f) / Side));
        return texture;
    }

    // Positive inside a regular octagon whose flat sides lie `reach` from the middle.
    private static float Octagon(float x, float y, float reach)
    {
        var (dx, dy) = (MathF.Abs(x - 0.5f), MathF.Abs(y - 0.5f));
        return reach - MathF.Max(MathF.Max(dx, dy), (dx + dy) * 0.7071f);
    }

    // Distance inside the triangle's nearest side; its base lies at 0.92, its point at 0.08.
    private static float Triangle(float x, float y, float inset)
    {
        var slope = ((y - 0.08f) * 0.4969f) - (MathF.Abs(x - 0.5f) * 0.8679f);
        return MathF.Min(slope, 0.92f - y) - inset;
    }
}
