using System.Globalization;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// A number in IEEE 754 half precision: 1 sign bit, 5 exponent bits, 10 bits of significand. Memory of these can be handed to native code.
/// </summary>
/// <remarks>Conversions round to the nearest value, ties to even, and are those of <see cref="Half"/>, which the processor does in hardware where it can.</remarks>
public readonly struct Float16 : IComparable, IComparable<Float16>, IEquatable<Float16>
{
    /// <summary>The bits.</summary>
    public readonly ushort value;

    /// <summary>The number with these bits; nothing is converted.</summary>
    public Float16(ushort v)
    {
        value = v;
    }

    /// <summary>The smallest positive normal number, 2^-14.</summary>
    public static Float16 Epsilon => new(0x0400);

    /// <summary>0.</summary>
    public static Float16 Zero => new(0x0000);

    /// <summary>-0.</summary>
    public static Float16 NegativeZero => new(0x8000);

    /// <summary>1.</summary>
    public static Float16 One => new(0x3C00);

    /// <summary>The nearest number to pi.</summary>
    public static Float16 Pi => new(0x4248);

    /// <summary>Positive infinity.</summary>
    public static Float16 PositiveInfinity => new(0x7C00);

    /// <summary>Negative infinity.</summary>
    public static Float16 NegativeInfinity => new(0xFC00);

    /// <summary>Not a number.</summary>
    public static Float16 NaN => new(0xFE00);

    /// <summary>The lowest finite number, -65504.</summary>
    public static Float16 MinValue => new(0xFBFF);

    /// <summary>The highest finite number, 65504.</summary>
    public static Float16 MaxValue => new(0x7BFF);

    private Half Half => BitConverter.UInt16BitsToHalf(value);

    /// <summary>The nearest half precision number; what is too large becomes infinity.</summary>
    public static explicit operator Float16(float value) => new(BitConverter.HalfToUInt16Bits((Half)value));

    /// <summary>The nearest half precision number to an integer (not the number with these bits, which the constructor makes).</summary>
    public static explicit operator Float16(ushort value) => (Float16)(float)value;

    /// <summary>The same number in single precision.</summary>
    public static explicit operator float(Float16 value) => (float)value.Half;

    /// <summary>The number without its fraction (not its bits, which are <see cref="value"/>).</summary>
    public static explicit operator ushort(Float16 value) => (ushort)(float)value;

    /// <summary>Equality of numbers: 0 equals -0, NaN equals nothing.</summary>
    public static bool operator ==(Float16 left, Float16 right) => left.Half == right.Half;

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(Float16 left, Float16 right) => left.Half != right.Half;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator <(Float16 left, Float16 right) => left.Half < right.Half;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator >(Float16 left, Float16 right) => left.Half > right.Half;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator <=(Float16 left, Float16 right) => left.Half <= right.Half;

    /// <summary>Order of numbers; false with NaN.</summary>
    public static bool operator >=(Float16 left, Float16 right) => left.Half >= right.Half;

    /// <summary>Whether it is neither infinite nor NaN.</summary>
    public static bool IsFinite(Float16 value) => Half.IsFinite(value.Half);

    /// <summary>Whether it is positive or negative infinity.</summary>
    public static bool IsInfinity(Float16 value) => Half.IsInfinity(value.Half);

    /// <summary>Whether it is positive infinity.</summary>
    public static bool IsPositiveInfinity(Float16 value) => Half.IsPositiveInfinity(value.Half);

    /// <summary>Whether it is negative infinity.</summary>
    public static bool IsNegativeInfinity(Float16 value) => Half.IsNegativeInfinity(value.Half);

    /// <summary>Whether it is NaN.</summary>
    public static bool IsNaN(Float16 value) => Half.IsNaN(value.Half);

    /// <summary>Whether its sign bit is set.</summary>
    public static bool IsNegative(Float16 value) => Half.IsNegative(value.Half);

    /// <summary>Whether it is finite, not zero and not subnormal.</summary>
    public static bool IsNormal(Float16 value) => Half.IsNormal(value.Half);

    /// <summary>Whether it is smaller than the smallest normal number, but not zero.</summary>
    public static bool IsSubnormal(Float16 value) => Half.IsSubnormal(value.Half);

    /// <summary>The number with the other sign; NaN stays as it is.</summary>
    public static Float16 Negate(Float16 value) => IsNaN(value) ? value : new((ushort)(value.value ^ 0x8000));

    /// <summary>The same number in single precision.</summary>
    public float ToFloat() => (float)this;

    /// <summary>Total order: NaN comes before every number.</summary>
    public int CompareTo(Float16 other) => Half.CompareTo(other.Half);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Float16 other => CompareTo(other),
        _ => throw new ArgumentException($"{obj.GetType()} is not {nameof(Float16)}.", nameof(obj)),
    };

    /// <summary>Equality of values: 0 equals -0, NaN equals NaN.</summary>
    public bool Equals(Float16 other) => Half.Equals(other.Half);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Float16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Half.GetHashCode();

    /// <summary>The bits and the number, for instance "15360 : 1".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{value} : {ToFloat()}");
}
