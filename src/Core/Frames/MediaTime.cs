namespace VisionStream.Core.Frames;

/// <summary>A presentation time as the source gave it: <paramref name="Value"/> units of <c>Numerator / Denominator</c> seconds.</summary>
/// <param name="Value">The count of units; may be negative.</param>
/// <param name="Numerator">Seconds in a unit, upper part; positive.</param>
/// <param name="Denominator">Seconds in a unit, lower part; positive.</param>
public readonly record struct MediaTime(long Value, int Numerator, int Denominator)
{
    /// <summary>The time in milliseconds.</summary>
    public double Milliseconds => Denominator == 0 ? 0 : Value * 1000.0 * Numerator / Denominator;

    /// <summary>The time in units of another time base, rounded to the nearest.</summary>
    public long In(int numerator, int denominator)
    {
        var scaled = (Int128)Value * Numerator * denominator;
        var unit = (Int128)Denominator * numerator;
        return (long)((scaled >= 0 ? scaled + (unit / 2) : scaled - (unit / 2)) / unit);
    }
}
