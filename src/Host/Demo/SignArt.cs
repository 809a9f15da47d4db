namespace VisionStream.Host.Demo;

/// <summary>Draws the signs of the demo, each on a board that hangs by a string from the middle of the texture. Pure functions.</summary>
internal static class SignArt
{
    /// <summary>How far the sign's middle lies below the texture's, around which it swings.</summary>
    public const int Drop = 150;

    private const int Side = 132;
    private const int Samples = 3;

    private static readonly YuvTexel White = YuvTexel.OfRgb(242, 242, 240);
    private static readonly YuvTexel Red = YuvTexel.OfRgb(198, 24, 34);
    private static readonly YuvTexel Black = YuvTexel.OfRgb(22, 22, 24);
    private static readonly YuvTexel String = YuvTexel.OfRgb(70, 74, 80);

    // Letters five cells high, a column of space between them.
    private static readonly string[] Stop =
    [
        ".##.###..#..##.",
        "#....#..#.#.#.#",
        ".#...#..#.#.##.",
        "..#..#..#.#.#..",
        "##...#...#..#..",
    ];

    /// <summary>A red octagon with a white rim and the word.</summary>
    public static Texture StopSign() => Hanging((x, y) =>
    {
        if (Octagon(x, y, 0.49f) <= 0)
        {
            return default;
        }

        var column = (int)MathF.Floor((x - 0.14f) / 0.048f);
        var row = (int)MathF.Floor((y - 0.36f) / 0.056f);
        var letter = (uint)row < (uint)Stop.Length && (uint)column < (uint)Stop[0].Length && Stop[row][column] == '#';
        return letter || Octagon(x, y, 0.455f) <= 0 ? White : Red;
    });

    /// <summary>A red-rimmed white triangle, point up, with an exclamation mark.</summary>
    public static Texture WarningTriangle() => Hanging((x, y) =>
    {
        var depth = Triangle(x, y);
        if (depth < 0)
        {
            return default;
        }

        var mark = MathF.Abs(x - 0.5f) < 0.035f && y is (> 0.42f and < 0.66f) or (> 0.71f and < 0.78f) && MathF.Abs(x - 0.5f) < 0.035f;
        return mark ? Black : depth < 0.075f ? Red : White;
    });

    /// <summary>Twice as high as the sign hangs deep: strings above the middle's lower half, sign at the end, nothing above.</summary>
    private static Texture Hanging(Func<float, float, YuvTexel> sign)
    {
        const int Height = 2 * (Drop + (Side / 2) + 1);
        const int Top = (Height / 2) + Drop - (Side / 2);
        return new Texture(Side, Height, (x, y) =>
        {
            if (y < Top)
            {
                return y >= Height / 2 && Math.Abs(x - (Side / 2)) <= 1 ? String.Faded(0.8f) : default;
            }

            var sum = default(YuvTexel);
            for (var i = 0; i < Samples * Samples; i++)
            {
                var (u, v) = (x + ((i % Samples) + 0.5f) / Samples, y - Top + (((i / Samples) + 0.5f) / Samples));
                sum = new YuvTexel(sum.Value + sign(u / Side, v / Side).Faded(1f / (Samples * Samples)).Value);
            }

            // Where the string meets the sign's upper edge.
            return sum.Coverage == 0 && y < Top + (Side / 6) && Math.Abs(x - (Side / 2)) <= 1 ? String.Faded(0.8f) : sum;
        });
    }

    // Positive inside a regular octagon whose flat sides lie `reach` from the middle.
    private static float Octagon(float x, float y, float reach)
    {
        var (dx, dy) = (MathF.Abs(x - 0.5f), MathF.Abs(y - 0.5f));
        return reach - MathF.Max(MathF.Max(dx, dy), (dx + dy) * 0.7071f);
    }

    // Distance inside the triangle's nearest side; its base lies at 0.92, its point at 0.08.
    private static float Triangle(float x, float y) =>
        MathF.Min(((y - 0.08f) * 0.4969f) - (MathF.Abs(x - 0.5f) * 0.8679f), 0.92f - y);
}
