using System.Numerics;
using System.Runtime.InteropServices;

namespace VisionStream.Detector.Heads;

/// <summary>Float16 outputs as floats, bit for bit what a conversion one by one gives.</summary>
internal static class HalfWidening
{
    /// <summary>Converts all of <paramref name="source"/>.</summary>
    public static void Widen(ReadOnlySpan<Half> source, Span<float> target)
    {
        var bits = MemoryMarshal.Cast<Half, Vector<ushort>>(source);
        var floats = MemoryMarshal.Cast<float, Vector<uint>>(target);
        for (var i = 0; i < bits.Length; i++)
        {
            Vector.Widen(bits[i], out var lower, out var upper);
            floats[2 * i] = Widened(lower);
            floats[(2 * i) + 1] = Widened(upper);
        }

        for (var i = bits.Length * Vector<ushort>.Count; i < source.Length; i++)
        {
            target[i] = (float)source[i];
        }
    }

    // The exponent's bias is 15 in a half and 127 in a float. Multiplying by 2^112 mends it, and subnormals on the way.
    private static Vector<uint> Widened(Vector<uint> half)
    {
        var magnitude = (half & new Vector<uint>(0x7FFF)) << 13;
        var number = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) * new Vector<float>(5.192296858534828e33f));
        var special = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7C00u << 13));
        var sign = (half & new Vector<uint>(0x8000)) << 16;
        return sign | Vector.ConditionalSelect(special, magnitude | new Vector<uint>(0x7F800000), number);
    }
}
