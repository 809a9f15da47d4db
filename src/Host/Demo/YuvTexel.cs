using System.Numerics;

namespace VisionStream.Host.Demo;

/// <summary>
/// One sample of a texture: Y (16 to 235), U and V (16 to 240), each times the coverage, and the coverage (0 for nothing there, 1 for
/// opaque). Premultiplied, so that samples mix by plain arithmetic.
/// </summary>
/// <param name="Value">Y, U, V, coverage.</param>
internal readonly record struct YuvTexel(Vector4 Value)
{
    /// <summary>0 for nothing there, 1 for opaque.</summary>
    public float Coverage => Value.W;

    /// <summary>An opaque sample of an RGB colour, by the matrix of ITU-R BT.601.</summary>
    public static YuvTexel OfRgb(float red, float green, float blue)
    {
        var luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
        return new YuvTexel(new Vector4(16 + (luma * 219 / 255), 128 + ((blue - luma) * 0.564f * 224 / 255), 128 + ((red - luma) * 0.713f * 224 / 255), 1));
    }

    /// <summary>The same colour with a share of its coverage.</summary>
    public YuvTexel Faded(float share) => new(Value * share);

    /// <summary>The sample <paramref name="share"/> of the way from one to another.</summary>
    public static YuvTexel Mix(in YuvTexel from, in YuvTexel to, float share) => new(from.Value + ((to.Value - from.Value) * share));
}
