using System.Runtime.CompilerServices;

namespace VisionStream.Host.Demo;

/// <summary>
/// A flat picture in YUV (BT.601, limited range) with coverage, drawn once and shown many times. Immutable after its making.
/// Samples outside have no coverage.
/// </summary>
internal sealed class Texture
{
    private readonly YuvTexel[] _texels;

    /// <param name="width">Width in texels.</param>
    /// <param name="height">Height in texels.</param>
    /// <param name="paint">The sample at a texel's column and row.</param>
    public Texture(int width, int height, Func<int, int, YuvTexel> paint)
    {
        (Width, Height) = (width, height);
        _texels = new YuvTexel[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                _texels[(y * width) + x] = paint(x, y);
            }
        }
    }

    /// <summary>Width in texels.</summary>
    public int Width { get; }

    /// <summary>Height in texels.</summary>
    public int Height { get; }

    /// <summary>The texel at a column and row; without coverage outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public YuvTexel At(int x, int y) => (uint)x < (uint)Width && (uint)y < (uint)Height ? _texels[(y * Width) + x] : default;

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
}
