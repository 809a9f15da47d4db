namespace VisionStream.Host.Demo;

/// <summary>
/// A flat picture in YUV (BT.601, limited range) with coverage, drawn once and shown many times. Immutable after its making.
/// Samples outside have no coverage.
/// </summary>
/// <param name="width">Width in texels.</param>
/// <param name="height">Height in texels.</param>
internal sealed class Texture(int width, int height)
{
    private readonly YuvTexel[] _texels = new YuvTexel[width * height];

    /// <summary>Width in texels.</summary>
    public int Width { get; } = width;

    /// <summary>Height in texels.</summary>
    public int Height { get; } = height;

    /// <summary>A grid of cells, <c>#</c> dark and anything else light, on a light margin of <paramref name="margin"/> cells.</summary>
    /// <param name="rows">The cells, a text a row.</param>
    /// <param name="cellWidth">Texels across a cell.</param>
    /// <param name="cellHeight">Texels down a cell.</param>
    /// <param name="margin">Light cells around.</param>
    public static Texture OfCells(IReadOnlyList<string> rows, int cellWidth, int cellHeight, int margin)
    {
        var texture = new Texture((rows[0].Length * cellWidth) + (2 * margin * cellWidth), (rows.Count * cellHeight) + (2 * margin * cellWidth));
        texture.Fill((x, y) =>
        {
            var column = Math.DivRem(x - (margin * cellWidth), cellWidth, out var left);
            var row = Math.DivRem(y - (margin * cellWidth), cellHeight, out var top);
            var inside = left >= 0 && top >= 0 && row < rows.Count && column < rows[0].Length;
            return inside && rows[row][column] == '#' ? YuvTexel.OfRgb(22, 22, 26) : YuvTexel.OfRgb(238, 238, 232);
        });
        return texture;
    }

    /// <summary>Sets every texel.</summary>
    public void Fill(Func<int, int, YuvTexel> paint)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                _texels[(y * Width) + x] = paint(x, y);
            }
        }
    }

    /// <summary>The bilinear sample around a point, texel centres at halves.</summary>
    public YuvTexel Sample(float x, float y)
    {
        x -= 0.5f;
        y -= 0.5f;
        var left = (int)MathF.Floor(x);
        var top = (int)MathF.Floor(y);
        var upper = YuvTexel.Mix(At(left, top), At(left + 1, top), x - left);
        var lower = YuvTexel.Mix(At(left, top + 1), At(left + 1, top + 1), x - left);
        return YuvTexel.Mix(upper, lower, y - top);
    }

    private YuvTexel At(int x, int y) =>
        (uint)x < (uint)Width && (uint)y < (uint)Height ? _texels[(y * Width) + x] : default;
}
