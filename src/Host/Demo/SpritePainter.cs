using VisionStream.Core.Frames;

namespace VisionStream.Host.Demo;

/// <summary>Lays a turned and scaled texture over an I420 picture. Pure functions.</summary>
internal static class SpritePainter
{
    /// <summary>Paints a texture where <paramref name="at"/> says; what lies outside the picture is left out.</summary>
    /// <param name="target">A slot of that format.</param>
    /// <param name="format">The picture: I420.</param>
    /// <param name="texture">How it looks.</param>
    /// <param name="at">Where it goes.</param>
    public static void Paint(in FrameWrite target, in FrameFormat format, Texture texture, in Placement at)
    {
        if (at is { Angle: 0, Scale: 1 })
        {
            Lay(target, format, texture, (int)MathF.Round(at.X - (texture.Width / 2f)), (int)MathF.Round(at.Y - (texture.Height / 2f)));
            return;
        }

        var (cos, sin) = (MathF.Cos(at.Angle) / at.Scale, MathF.Sin(at.Angle) / at.Scale);
        var reachX = ((MathF.Abs(cos) * texture.Width) + (MathF.Abs(sin) * texture.Height)) * at.Scale * at.Scale / 2;
        var reachY = ((MathF.Abs(sin) * texture.Width) + (MathF.Abs(cos) * texture.Height)) * at.Scale * at.Scale / 2;
        var left = Math.Max(0, (int)(at.X - reachX) - 1);
        var right = Math.Min(format.Width, (int)(at.X + reachX) + 2);
        var top = Math.Max(0, (int)(at.Y - reachY) - 1);
        var bottom = Math.Min(format.Height, (int)(at.Y + reachY) + 2);
        var luma = target.Plane(0);
        var u = target.Plane(1);
        var v = target.Plane(2);
        var (lumaStride, chromaStride) = (target.Stride(0), target.Stride(1));
        for (var y = top; y < bottom; y++)
        {
            var dy = y + 0.5f - at.Y;
            var (x0, x1) = Span(texture, cos, sin, dy, left - at.X + 0.5f, right - at.X + 0.5f);
            for (var x = left + x0; x < Math.Min(right, left + x1); x++)
            {
                var dx = x + 0.5f - at.X;
                var texel = texture.Sample((texture.Width / 2f) + (dx * cos) + (dy * sin), (texture.Height / 2f) - (dx * sin) + (dy * cos));
                if (texel.Coverage <= 0)
                {
                    continue;
                }

                Blend(ref luma[(y * lumaStride) + x], texel.Value.X, texel.Coverage);
                if (((x | y) & 1) == 0)
                {
                    var chroma = (y / 2 * chromaStride) + (x / 2);
                    Blend(ref u[chroma], texel.Value.Y, texel.Coverage);
                    Blend(ref v[chroma], texel.Value.Z, texel.Coverage);
                }
            }
        }
    }

    /// <summary>The same for a texture that is neither turned nor scaled, a texel on a pixel: a tenth of the work.</summary>
    private static void Lay(in FrameWrite target, in FrameFormat format, Texture texture, int left, int top)
    {
        var luma = target.Plane(0);
        var u = target.Plane(1);
        var v = target.Plane(2);
        var (lumaStride, chromaStride) = (target.Stride(0), target.Stride(1));
        for (var y = Math.Max(0, top); y < Math.Min(format.Height, top + texture.Height); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(format.Width, left + texture.Width); x++)
            {
                var texel = texture.At(x - left, y - top);
                Blend(ref luma[(y * lumaStride) + x], texel.Value.X, texel.Coverage);
                if (((x | y) & 1) == 0)
                {
                    var chroma = (y / 2 * chromaStride) + (x / 2);
                    Blend(ref u[chroma], texel.Value.Y, texel.Coverage);
                    Blend(ref v[chroma], texel.Value.Z, texel.Coverage);
                }
            }
        }
    }

    private static void Blend(ref byte sample, float premultiplied, float coverage) =>
        sample = (byte)((sample * (1 - coverage)) + premultiplied + 0.5f);

    /// <summary>The columns of a row, counted from its first, in which the texture can have coverage; an outer bound.</summary>
    private static (int First, int End) Span(Texture texture, float cos, float sin, float dy, float first, float end)
    {
        var (low, high) = (first, end);
        Clip(cos, (dy * sin) + (texture.Width / 2f), texture.Width);
        Clip(-sin, (dy * cos) + (texture.Height / 2f), texture.Height);
        return high <= low ? (0, 0) : ((int)(low - first), (int)(high - first) + 2);

        // -1 <= slope * dx + offset <= size + 1: a texel of margin, which bilinear samples fade out in.
        void Clip(float slope, float offset, int size)
        {
            if (MathF.Abs(slope) < 1e-6f)
            {
                if (offset < -1 || offset > size + 1)
                {
                    high = low;
                }

                return;
            }

            var (a, b) = ((-1 - offset) / slope, (size + 1 - offset) / slope);
            low = MathF.Max(low, MathF.Min(a, b));
            high = MathF.Min(high, MathF.Max(a, b));
        }
    }
}
