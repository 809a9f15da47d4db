namespace VisionStream.Detector.Kernels;

/// <summary>
/// The fixed-point formats that the kernels and their scalar twins share, so that all give the same bits. Samples carry 7 bits of
/// fraction in 16 (255 * 128 still fits); products are rounded by 15 bits, as PMULHRSW and SQRDMULH do it, so a colour product
/// carries 7 + 13 - 15 = 5. The error of all steps together stays below 0.15 of a level before the last rounding.
/// </summary>
internal static class RowArithmetic
{
    /// <summary>Bits of fraction of a sample in a row buffer.</summary>
    public const int SampleBits = 7;

    /// <summary>Bits of fraction of a colour factor.</summary>
    public const int FactorBits = 13;

    /// <summary>Bits of fraction of a colour before it is rounded to a level.</summary>
    public const int ColorBits = SampleBits + FactorBits - 15;

    /// <summary>Half a level, which makes the shift by <see cref="ColorBits"/> round to the nearest.</summary>
    public const short Half = 1 << (ColorBits - 1);

    /// <summary>The chroma sample that means no colour.</summary>
    public const short Neutral = 128 << SampleBits;

    /// <summary>The product rounded by 15 bits.</summary>
    public static short MultiplyRound(short a, short b) => (short)(((a * b) + 0x4000) >> 15);

    /// <summary>From <paramref name="a"/> the 15-bit part <paramref name="weight"/> of the way to <paramref name="b"/>.</summary>
    public static short Mix(short a, short b, short weight) => (short)(a + MultiplyRound((short)(b - a), weight));
}
