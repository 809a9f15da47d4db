using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace VisionStream.Detector.Kernels;

/// <summary>8 words: SSSE3 or Arm's AdvSimd.</summary>
internal readonly unsafe struct Words128 : IWords<Words128>
{
    private readonly Vector128<short> _words;

    private Words128(Vector128<short> words) => _words = words;

    public static bool IsSupported => Ssse3.IsSupported || AdvSimd.IsSupported;

    public static int Count => 8;

    public static Words128 Create(short value) => new(Vector128.Create(value));

    public static Words128 Load(short* source) => new(Vector128.Load(source));

    public static Words128 LoadBytes(byte* source) => new(Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsByte()).AsInt16());

    public static Words128 Gather(byte* row, int* bases, byte* masks) => new(Vector128.ShuffleNative(Vector128.Load(row + bases[0]), Vector128.Load(masks)).AsInt16());

    public static void Store(Words128 words, short* target) => words._words.Store(target);

    public static void StoreSingle(Words128 words, float* target, float scale)
    {
        var (lower, upper) = Vector128.Widen(words._words);
        (Vector128.ConvertToSingle(lower) * scale).Store(target);
        (Vector128.ConvertToSingle(upper) * scale).Store(target + 4);
    }

    public static void StoreHalf(Words128 words, Half* target, float scale)
    {
        var (lower, upper) = Vector128.Widen(words._words);
        Vector128.Narrow(HalfBits(lower, scale), HalfBits(upper, scale)).Store((short*)target);
    }

    public static Words128 Add(Words128 a, Words128 b) => new(a._words + b._words);

    public static Words128 Subtract(Words128 a, Words128 b) => new(a._words - b._words);

    public static Words128 Or(Words128 a, Words128 b) => new(a._words | b._words);

    public static Words128 MultiplyRound(Words128 a, Words128 b) => new(Ssse3.IsSupported
        ? Ssse3.MultiplyHighRoundScale(a._words, b._words)
        : AdvSimd.MultiplyRoundedDoublingSaturateHigh(a._words, b._words));

    public static Words128 ShiftLeft(Words128 a, int bits) => new(Vector128.ShiftLeft(a._words, bits));

    public static Words128 ShiftRight(Words128 a, int bits) => new(Vector128.ShiftRightArithmetic(a._words, bits));

    public static Words128 ShiftRightLogical(Words128 a, int bits) => new(Vector128.ShiftRightLogical(a._words, bits));

    public static Words128 ClampToByte(Words128 a) =>
        new(Vector128.Min(Vector128.Max(a._words, Vector128<short>.Zero), Vector128.Create((short)255)));

    // A half has 10 bits of fraction where a float has 23, and a bias of 15 where it has 127. Zero comes out negative.
    private static Vector128<int> HalfBits(Vector128<int> words, float scale)
    {
        var bits = (Vector128.ConvertToSingle(words) * scale).AsInt32();
        var odd = Vector128.ShiftRightLogical(bits, 13) & Vector128<int>.One;
        var rounded = Vector128.ShiftRightLogical(bits + odd + Vector128.Create(0xFFF), 13);
        return Vector128.Max(rounded - Vector128.Create((127 - 15) << 10), Vector128<int>.Zero);
    }
}
