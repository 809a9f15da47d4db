using System.Globalization;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// A number in the brain floating point format, the upper 16 bits of single precision: 1 sign bit, 8 exponent bits, 7 bits of
/// significand. Memory of these can be handed to native code.
/// </summary>
/// <remarks>Conversions round to the nearest value, ties to even.</remarks>
public readonly struct BFloat16 : IComparable, IComparable<BFloat16>, IEquatable<BFloat16>
{
    /// <summary>The bits.</summary>
    public readonly ushort value;

    /// <summary>The number with these bits; nothing is converted.</summary>
    public BFloat16(ushort v)
    {
        value = v;
    }

    /// <summary>The smallest positive normal number, 2^-126.</summary>
    public static BFloat16 Epsilon => new(0x0080);

    /// <summary>0.</summary>
    public static BFloat16 Zero => new(0x0000);

    /// <summary>-0.</summary>
    public static BFloat16 NegativeZero => new(0x8000);

    /// <summary>1.</summary>
    public static BFloat16 One => new(0x3F80);

    /// <summary>The nearest number to pi.</summary>
    public static BFloat16 Pi => new(0x4049);

    /// <summary>Positive infinity.</summary>
    public static BFloat16 PositiveInfinity => new(0x7F80);

    /// <summary>Negative infinity.</summary>
    public static BFloat16 NegativeInfinity => new(0xFF80);

    /// <summary>Not a number.</summary>
    public static BFloat16 NaN => new(0xFFC1);

    /// <summary>The lowest finite number, about -3.39e38.</summary>
    public static BFloat16 MinValue => new(0xFF7F);

    /// <summary>The highest finite number, about 3.39e38.</summary>
    public static BFloat16 MaxValue => new(0x7F7F);

    private float Single => BitConverter.UInt32BitsToSingle((uint)value << 16);

    /// <summary>The nearest number of this format; what is too large becomes infinity.</summary>
    public static explicit operator BFloat16(float value) => new(Round(value));

    /// <summary>The nearest number of this format to an integer (not the number with these bits, which the constructor makes).</summary>
    public static explicit operator BFloat16(ushort value) => (BFloat16)(float)value;

    /// <summary>The same number in single precision.</summary>
    public static explicit operator float(BFloat16 value) => value.Single;

    /// <summary>The number without its fraction (not its bits, which are <see cref="value"/>).</summary>
    public static explicit operator ushort(BFloat16 value) => (ushort)(float)value;

    /// <summary>Equality of numbers: 0 equals -0, NaN equals nothing.</summary>
    public static bool operator ==(BFloat16 left, BFloat16 right) => left.Single == right.Single;

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(BFloat16 left, BFloat16 right) => left.Single != right.Single;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator <(BFloat16 left, BFloat16 right) => left.Single < right.Single;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator >(BFloat16 left, BFloat16 right) => left.Single > right.Single;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator <=(BFloat16 left, BFloat16 right) => left.Single <= right.Single;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator >=(BFloat16 left, BFloat16 right) => left.Single >= right.Single;

    /// <summary>Whether it is neither infinite nor NaN.</summary>
    public static bool IsFinite(BFloat16 value) => float.IsFinite(value.Single);

    /// <summary>Whether it is positive or negative infinity.</summary>
    public static bool IsInfinity(BFloat16 value) => float.IsInfinity(value.Single);

    /// <summary>Whether it is positive infinity.</summary>
    public static bool IsPositiveInfinity(BFloat16 value) => float.IsPositiveInfinity(value.Single);

    /// <summary>Whether it is negative infinity.</summary>
    public static bool IsNegativeInfinity(BFloat16 value) => float.IsNegativeInfinity(value.Single);

    /// <summary>Whether it is NaN.</summary>
    public static bool IsNaN(BFloat16 value) => float.IsNaN(value.Single);

    /// <summary>Whether its sign bit is set.</summary>
    public static bool IsNegative(BFloat16 value) => float.IsNegative(value.Single);

    /// <summary>Whether it is finite, not zero and not subnormal.</summary>
    public static bool IsNormal(BFloat16 value) => float.IsNormal(value.Single);

    /// <summary>Whether it is smaller than the smallest normal number, but not zero.</summary>
    public static bool IsSubnormal(BFloat16 value) => float.IsSubnormal(value.Single);

    /// <summary>The number with the other sign; NaN stays as it is.</summary>
    public static BFloat16 Negate(BFloat16 value) => IsNaN(value) ? value : new((ushort)(value.value ^ 0x8000));

    /// <summary>The same number in single precision.</summary>
    public float ToFloat() => (float)this;

    /// <summary>Total order: NaN comes before every number.</summary>
    public int CompareTo(BFloat16 other) => Single.CompareTo(other.Single);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        BFloat16 other => CompareTo(other),
        _ => throw new ArgumentException($"{obj.GetType()} is not {nameof(BFloat16)}.", nameof(obj)),
    };

    /// <summary>Equality of values: 0 equals -0, NaN equals NaN.</summary>
    public bool Equals(BFloat16 other) => Single.Equals(other.Single);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Single.GetHashCode();

    private static ushort Round(float value)
    {
        if (float.IsNaN(value))
        {
            return NaN.value; // Rounding up could carry a NaN's significand over into the sign.
        }

        var bits = BitConverter.SingleToUInt32Bits(value);
        var lowestKept = (bits >> 16) & 1;
        return (ushort)((bits + 0x7FFF + lowestKept) >> 16);
    }

    /// <summary>The bits and the number, for instance "16256 : 1".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{value} : {ToFloat()}");
}
