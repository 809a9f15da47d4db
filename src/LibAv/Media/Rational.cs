using System.Globalization;
using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>A fraction: a time base (seconds per tick), a frame rate (frames per second) or a sample aspect ratio.</summary>
/// <param name="Numerator">Number above the line.</param>
/// <param name="Denominator">Number below the line; 0 means unknown.</param>
public readonly record struct Rational(int Numerator, int Denominator)
{
    /// <summary>Ticks of one microsecond.</summary>
    public static readonly Rational Microseconds = new(1, 1_000_000);

    /// <summary>Ticks of one millisecond.</summary>
    public static readonly Rational Milliseconds = new(1, 1_000);

    /// <summary>Whether it says anything: both numbers are above 0.</summary>
    public bool IsKnown => Numerator > 0 && Denominator > 0;

    /// <summary>The fraction as a number; 0 when unknown.</summary>
    public double Value => Denominator == 0 ? 0 : (double)Numerator / Denominator;

    /// <summary>The fraction upside down.</summary>
    public Rational Inverse => new(Denominator, Numerator);

    /// <summary>A time stamp in this time base, as a time in another; rounded to the nearest tick. <see cref="Packet.NoPts"/> stays as it is.</summary>
    public long Rescale(long timestamp, Rational to)
    {
        if (timestamp == NativeConstants.AV_NOPTS_VALUE)
        {
            return timestamp;
        }

        // In 128 bits, so that no stream is long enough to overflow.
        var scaled = (Int128)timestamp * Numerator * to.Denominator;
        var divisor = (Int128)Denominator * to.Numerator;
        if (divisor == 0)
        {
            throw new InvalidOperationException($"A time cannot be rescaled from {this} to {to}.");
        }

        var half = divisor / 2;
        return (long)((scaled >= 0 ? scaled + half : scaled - half) / divisor);
    }

    internal static Rational From(AVRational native)
    {
        return new Rational(native.num, native.den);
    }

    internal AVRational ToNative()
    {
        return new AVRational { num = Numerator, den = Denominator };
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
    }
}
