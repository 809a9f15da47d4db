using System.Numerics;

namespace VisionStream.Restream.Drawing;

/// <summary>
/// Pure functions over one row of samples, safe from any thread. A row mixes with a colour of two alternating values, so that
/// one kernel serves a plane of its own (both values equal) and NV12's interleaved plane (U, V, U, V, ...). The vector forms
/// give exactly what the scalar ones give.
/// </summary>
/// <remarks>
/// Weights count to 256, so that a shift does the division: <c>(row * (256 - w) + value * w + 128) &gt;&gt; 8</c>, which is at most
/// 255 * 256 + 128 and fits 16 bits.
/// </remarks>
internal static class RowBlend
{
    /// <summary>The weight that replaces the row altogether.</summary>
    public const int Opaque = 256;

    /// <summary>Mixes the whole row with one colour.</summary>
    /// <param name="row">The samples.</param>
    /// <param name="even">Value for the samples 0, 2, 4, ...</param>
    /// <param name="odd">Value for the samples 1, 3, 5, ...</param>
    /// <param name="weight">0 keeps the row, <see cref="Opaque"/> replaces it.</param>
    public static void Constant(Span<byte> row, byte even, byte odd, int weight)
    {
        if (even == odd && weight == Opaque)
        {
            row.Fill(even);
            return;
        }

        var keep = new Vector<ushort>((ushort)(Opaque - weight));
        Vector.Widen(Pattern(even, odd), out var addLow, out var addHigh);
        var half = new Vector<ushort>(128);
        addLow = (addLow * (ushort)weight) + half;
        addHigh = (addHigh * (ushort)weight) + half;
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var part = row.Slice(i, Vector<byte>.Count);
            Vector.Widen(new Vector<byte>(part), out var low, out var high);
            Vector.Narrow(((low * keep) + addLow) >>> 8, ((high * keep) + addHigh) >>> 8).CopyTo(part);
        }

        ConstantScalar(row[i..], even, odd, weight);
    }

    /// <summary>The scalar twin of <see cref="Constant"/>.</summary>
    public static void ConstantScalar(Span<byte> row, byte even, byte odd, int weight)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Mix(row[i], (i & 1) == 0 ? even : odd, weight);
        }
    }

    /// <summary>Mixes each sample with the colour as far as its coverage says.</summary>
    /// <param name="row">The samples.</param>
    /// <param name="mask">Coverage of each sample, 0 to 255, at least as long as the row.</param>
    /// <param name="even">Value for the samples 0, 2, 4, ...</param>
    /// <param name="odd">Value for the samples 1, 3, 5, ...</param>
    /// <param name="weight">Scales the coverage; <see cref="Opaque"/> leaves it as it is.</param>
    public static void Masked(Span<byte> row, ReadOnlySpan<byte> mask, byte even, byte odd, int weight)
    {
        mask = mask[..row.Length];
        Vector.Widen(Pattern(even, odd), out var valueLow, out var valueHigh);
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var coverage = new Vector<byte>(mask.Slice(i, Vector<byte>.Count));
            if (coverage == Vector<byte>.Zero)
            {
                continue;
            }

            var part = row.Slice(i, Vector<byte>.Count);
            Vector.Widen(coverage, out var maskLow, out var maskHigh);
            Vector.Widen(new Vector<byte>(part), out var low, out var high);
            Vector.Narrow(Mix(low, valueLow, maskLow, weight), Mix(high, valueHigh, maskHigh, weight)).CopyTo(part);
        }

        MaskedScalar(row[i..], mask[i..], even, odd, weight);
    }

    /// <summary>The scalar twin of <see cref="Masked"/>.</summary>
    public static void MaskedScalar(Span<byte> row, ReadOnlySpan<byte> mask, byte even, byte odd, int weight)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var coverage = mask[i] + (mask[i] >> 7);
            row[i] = Mix(row[i], (i & 1) == 0 ? even : odd, (coverage * weight) >> 8);
        }
    }

    private static byte Mix(byte sample, byte value, int weight) =>
        (byte)(((sample * (Opaque - weight)) + (value * weight) + 128) >> 8);

    private static Vector<ushort> Mix(Vector<ushort> samples, Vector<ushort> values, Vector<ushort> mask, int weight)
    {
        var weights = mask + (mask >>> 7);
        if (weight != Opaque)
        {
            weights = (weights * (ushort)weight) >>> 8;
        }

        var keep = new Vector<ushort>(Opaque) - weights;
        return ((samples * keep) + (values * weights) + new Vector<ushort>(128)) >>> 8;
    }

    // The vector's length is a multiple of two, so the pattern goes on unbroken from one vector, and into the tail, to the next.
    private static Vector<byte> Pattern(byte even, byte odd) =>
        Vector.AsVectorByte(new Vector<ushort>((ushort)(even | (odd << 8))));
}
