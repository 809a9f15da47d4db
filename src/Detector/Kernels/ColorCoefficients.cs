using VisionStream.Core.Frames;

namespace VisionStream.Detector.Kernels;

/// <summary>
/// YUV to RGB for one matrix and range, from Kr and Kb of ITU-R BT.601 and BT.709, in 13 bits of fraction: 2.112 (blue from U in
/// limited BT.709) is the largest and leaves no room for a fourteenth.
/// </summary>
/// <param name="Black">Luma of black, in <see cref="RowArithmetic"/>'s 7 bits of fraction.</param>
/// <param name="Luma">Factor of luma in all three channels.</param>
/// <param name="RedFromV">Factor of V in red.</param>
/// <param name="GreenFromU">Factor of U in green, negative.</param>
/// <param name="GreenFromV">Factor of V in green, negative.</param>
/// <param name="BlueFromU">Factor of U in blue.</param>
internal readonly record struct ColorCoefficients(
    short Black, short Luma, short RedFromV, short GreenFromU, short GreenFromV, short BlueFromU)
{
    /// <summary>The coefficients for a frame's colours.</summary>
    public static ColorCoefficients For(ColorMatrix matrix, ColorRange range)
    {
        var (kr, kb) = matrix == ColorMatrix.Bt709 ? (0.2126, 0.0722) : (0.299, 0.114);
        var kg = 1 - kr - kb;
        var limited = range == ColorRange.Limited;
        var chroma = limited ? 255.0 / 224 : 1;
        return new ColorCoefficients(
            (short)(limited ? 16 << RowArithmetic.SampleBits : 0),
            Fixed(limited ? 255.0 / 219 : 1),
            Fixed(chroma * 2 * (1 - kr)),
            Fixed(-chroma * 2 * (1 - kb) * kb / kg),
            Fixed(-chroma * 2 * (1 - kr) * kr / kg),
            Fixed(chroma * 2 * (1 - kb)));
    }

    private static short Fixed(double factor) => (short)Math.Round(factor * (1 << RowArithmetic.FactorBits));
}
