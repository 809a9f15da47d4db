using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VisionStream.Detector.Kernels;

/// <summary>32 words: AVX-512BW.</summary>
internal readonly unsafe struct Words512 : IWords<Words512>
{
    private readonly Vector512<short> _words;

    private Words512(Vector512<short> words) => _words = words;

    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Count => 32;

    public static Words512 Create(short value) => new(Vector512.Create(value));

    public static Words512 Load(short* source) => new(Vector512.Load(source));

    public static Words512 LoadBytes(byte* source) => new(Avx512BW.ConvertToVector512Int16(Vector256.Load(source)));

    public static Words512 Gather(byte* row, int* bases, byte* masks) => new(Avx512BW.Shuffle(
        Vector512.Create(
            Vector256.Create(Vector128.Load(row + bases[0]), Vector128.Load(row + bases[1])),
            Vector256.Create(Vector128.Load(row + bases[2]), Vector128.Load(row + bases[3]))),
        Vector512.Load(masks)).AsInt16());

    public static void Store(Words512 words, short* target) => words._words.Store(target);

    public static void StoreSingle(Words512 words, float* target, float scale)
    {
        var (lower, upper) = Vector512.Widen(words._words);
        (Vector512.ConvertToSingle(lower) * scale).Store(target);
        (Vector512.ConvertToSingle(upper) * scale).Store(target + 16);
    }

    public static void StoreHalf(Words512 words, Half* target, float scale)
    {
        var (lower, upper) = Vector512.Widen(words._words);
        Vector512.Narrow(HalfBits(lower, scale), HalfBits(upper, scale)).Store((short*)target);
    }

    public static Words512 Add(Words512 a, Words512 b) => new(a._words + b._words);

    public static Words512 Subtract(Words512 a, Words512 b) => new(a._words - b._words);

    public static Words512 Or(Words512 a, Words512 b) => new(a._words | b._words);

    public static Words512 MultiplyRound(Words512 a, Words512 b) => new(Avx512BW.MultiplyHighRoundScale(a._words, b._words));

    public static Words512 ShiftLeft(Words512 a, int bits) => new(Vector512.ShiftLeft(a._words, bits));

    public static Words512 ShiftRight(Words512 a, int bits) => new(Vector512.ShiftRightArithmetic(a._words, bits));

    public static Words512 ShiftRightLogical(Words512 a, int bits) => new(Vector512.ShiftRightLogical(a._words, bits));

    public static Words512 ClampToByte(Words512 a) =>
        new(Vector512.Min(Vector512.Max(a._words, Vector512<short>.Zero), Vector512.Create((short)255)));

    // A half has 10 bits of fraction where a float has 23, and a bias of 15 where it has 127. Zero comes out negative.
    private static Vector512<int> HalfBits(Vector512<int> words, float scale)
    {
        var bits = (Vector512.ConvertToSingle(words) * scale).AsInt32();
        var odd = Vector512.ShiftRightLogical(bits, 13) & Vector512<int>.One;
        var rounded = Vector512.ShiftRightLogical(bits + odd + Vector512.Create(0xFFF), 13);
        return Vector512.Max(rounded - Vector512.Create((127 - 15) << 10), Vector512<int>.Zero);
    }
}
