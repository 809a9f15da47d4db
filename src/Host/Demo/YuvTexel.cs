namespace VisionStream.Host.Demo;

/// <summary>One sample of a texture.</summary>
/// <param name="Y">Luma, 16 to 235.</param>
/// <param name="U">Blue difference, 16 to 240.</param>
/// <param name="V">Red difference, 16 to 240.</param>
/// <param name="Coverage">0 for nothing there, 1 for opaque.</param>
internal readonly record struct YuvTexel(float Y, float U, float V, float Coverage)
{
    /// <summary>An opaque sample of an RGB colour, by the matrix of ITU-R BT.601.</summary>
    public static YuvTexel OfRgb(int red, int green, int blue)
    {
        var luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
        return new YuvTexel(16 + (luma * 219 / 255), 128 + ((blue - luma) * 0.564f * 224 / 255), 128 + ((red - luma) * 0.713f * 224 / 255), 1);
    }

    /// <summary>The colour <paramref name="share"/> of the way from one sample to another; what is not covered has no colour to give.</summary>
    public static YuvTexel Mix(in YuvTexel from, in YuvTexel to, float share)
    {
        var a = from.Coverage * (1 - share);
        var b = to.Coverage * share;
        var coverage = a + b;
        return coverage <= 0
            ? default
            : new YuvTexel(((from.Y * a) + (to.Y * b)) / coverage, ((from.U * a) + (to.U * b)) / coverage, ((from.V * a) + (to.V * b)) / coverage, coverage);
    }
}
