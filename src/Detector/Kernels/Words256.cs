using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VisionStream.Detector.Kernels;

/// <summary>16 words: AVX2.</summary>
internal readonly unsafe struct Words256 : IWords<Words256>
{
    private readonly Vector256<short> _words;

    private Words256(Vector256<short> words) => _words = words;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => 16;

    public static Words256 Create(short value) => new(Vector256.Create(value));

    public static Words256 Load(short* source) => new(Vector256.Load(source));

    public static Words256 LoadBytes(byte* source) => new(Avx2.ConvertToVector256Int16(source));

    public static Words256 Gather(byte* row, int* bases, byte* masks) => new(Avx2.Shuffle(
        Vector256.Create(Vector128.Load(row + bases[0]), Vector128.Load(row + bases[1])),
        Vector256.Load(masks)).AsInt16());

    public static void Store(Words256 words, short* target) => words._words.Store(target);

    public static void StoreSingle(Words256 words, float* target, float scale)
    {
        var (lower, upper) = Vector256.Widen(words._words);
        (Vector256.ConvertToSingle(lower) * scale).Store(target);
        (Vector256.ConvertToSingle(upper) * scale).Store(target + 8);
    }

    public static void StoreHalf(Words256 words, Half* target, float scale)
    {
        var (lower, upper) = Vector256.Widen(words._words);
        Vector256.Narrow(HalfBits(lower, scale), HalfBits(upper, scale)).Store((short*)target);
    }

    public static Words256 Add(Words256 a, Words256 b) => new(a._words + b._words);

    public static Words256 Subtract(Words256 a, Words256 b) => new(a._words - b._words);

    public static Words256 Or(Words256 a, Words256 b) => new(a._words | b._words);

    public static Words256 MultiplyRound(Words256 a, Words256 b) => new(Avx2.MultiplyHighRoundScale(a._words, b._words));

    public static Words256 ShiftLeft(Words256 a, int bits) => new(Vector256.ShiftLeft(a._words, bits));

    public static Words256 ShiftRight(Words256 a, int bits) => new(Vector256.ShiftRightArithmetic(a._words, bits));

    public static Words256 ShiftRightLogical(Words256 a, int bits) => new(Vector256.ShiftRightLogical(a._words, bits));

    public static Words256 ClampToByte(Words256 a) =>
        new(Vector256.Min(Vector256.Max(a._words, Vector256<short>.Zero), Vector256.Create((short)255)));

    // A half has 10 bits of fraction where a float has 23, and a bias of 15 where it has 127. Zero comes out negative.
    private static Vector256<int> HalfBits(Vector256<int> words, float scale)
    {
        var bits = (Vector256.ConvertToSingle(words) * scale).AsInt32();
        var odd = Vector256.ShiftRightLogical(bits, 13) & Vector256<int>.One;
        var rounded = Vector256.ShiftRightLogical(bits + odd + Vector256.Create(0xFFF), 13);
        return Vector256.Max(rounded - Vector256.Create((127 - 15) << 10), Vector256<int>.Zero);
    }
}
