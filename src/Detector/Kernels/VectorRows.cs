using System.Runtime.CompilerServices;

namespace VisionStream.Detector.Kernels;

/// <summary>The inner loops over vectors of one width.</summary>
/// <remarks>
/// The methods are compiled with full optimisation at once: the first frames of a stream would otherwise run tens of times slower.
/// </remarks>
/// <typeparam name="TWords">The vector.</typeparam>
internal readonly unsafe struct VectorRows<TWords> : IRowKernel
    where TWords : struct, IWords<TWords>
{
    /// <inheritdoc/>
    public static void Resample(byte* source, RowTaps taps, short* target)
    {
        switch (taps.Shape)
        {
            case RowShape.Copy:
                Copy(source, taps.Count, target);
                break;
            case RowShape.CopyEven:
                Deinterleave(source, taps.Count, target, odd: false);
                break;
            case RowShape.CopyOdd:
                Deinterleave(source, taps.Count, target, odd: true);
                break;
            case RowShape.Halve:
                Halve(source, taps.Count, target);
                break;
            default:
                Gather(source, taps, target);
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<TPixel>(in RowColors colors, TPixel* red, TPixel* green, TPixel* blue, int count)
        where TPixel : unmanaged
    {
        if (count < TWords.Count)
        {
            ScalarRows.Convert(colors, red, green, blue, count);
            return;
        }

        short* yFirst = colors.Y.First, ySecond = colors.Y.Second;
        var yWeight = TWords.Create(colors.Y.Weight);
        short* uFirst = colors.U.First, uSecond = colors.U.Second;
        var uWeight = TWords.Create(colors.U.Weight);
        short* vFirst = colors.V.First, vSecond = colors.V.Second;
        var vWeight = TWords.Create(colors.V.Weight);
        var c = colors.Coefficients;
        var (black, luma, neutral) = (TWords.Create(c.Black), TWords.Create(c.Luma), TWords.Create(RowArithmetic.Neutral));
        var (redV, blueU, half) = (TWords.Create(c.RedFromV), TWords.Create(c.BlueFromU), TWords.Create(RowArithmetic.Half));
        var (greenU, greenV) = (TWords.Create(c.GreenFromU), TWords.Create(c.GreenFromV));
        var scale = colors.Scale;
        var last = count - TWords.Count;
        for (var i = 0; ; i += TWords.Count)
        {
            // The last vector overlaps the one before, so that nothing behind the row is touched.
            i = Math.Min(i, last);
            var y = TWords.Subtract(Mix(yFirst + i, ySecond + i, yWeight), black);
            y = TWords.Add(TWords.MultiplyRound(y, luma), half);
            var u = TWords.Subtract(Mix(uFirst + i, uSecond + i, uWeight), neutral);
            var v = TWords.Subtract(Mix(vFirst + i, vSecond + i, vWeight), neutral);
            Store(red + i, TWords.Add(y, TWords.MultiplyRound(v, redV)), scale);
            Store(green + i, TWords.Add(TWords.Add(y, TWords.MultiplyRound(u, greenU)), TWords.MultiplyRound(v, greenV)), scale);
            Store(blue + i, TWords.Add(y, TWords.MultiplyRound(u, blueU)), scale);
            if (i == last)
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(byte* source, int count, short* target)
    {
        for (var i = 0; i < count; i += TWords.Count)
        {
            TWords.Store(TWords.ShiftLeft(TWords.LoadBytes(source + i), RowArithmetic.SampleBits), target + i);
        }
    }

    // Two bytes of interleaved chroma are one little-endian word: U in its lower half, V in its upper.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Deinterleave(byte* source, int count, short* target, bool odd)
    {
        for (var i = 0; i < count; i += TWords.Count)
        {
            var pairs = TWords.Load((short*)(source + (2 * i)));
            TWords.Store(TWords.ShiftLeft(odd ? Upper(pairs) : Lower(pairs), RowArithmetic.SampleBits), target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Halve(byte* source, int count, short* target)
    {
        for (var i = 0; i < count; i += TWords.Count)
        {
            var pairs = TWords.Load((short*)(source + (2 * i)));
            var sum = TWords.Add(Lower(pairs), Upper(pairs));
            TWords.Store(TWords.ShiftLeft(sum, RowArithmetic.SampleBits - 1), target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(byte* source, RowTaps taps, short* target)
    {
        fixed (int* bases = taps.Bases)
        fixed (byte* masks = taps.Masks)
        fixed (short* weights = taps.Weights)
        {
            var windows = taps.Windows;
            for (var i = 0; i < taps.Count; i += TWords.Count)
            {
                var block = masks + (i / RowTaps.Block * windows * 128) + (i % RowTaps.Block * 2);
                var groups = bases + (i / RowTaps.Group);
                var first = TWords.Gather(source, groups, block);
                var second = TWords.Gather(source, groups, block + 64);
                for (var window = 1; window < windows; window++)
                {
                    block += 128;
                    first = TWords.Or(first, TWords.Gather(source + (16 * window), groups, block));
                    second = TWords.Or(second, TWords.Gather(source + (16 * window), groups, block + 64));
                }

                first = TWords.ShiftLeft(first, RowArithmetic.SampleBits);
                second = TWords.ShiftLeft(second, RowArithmetic.SampleBits);
                var step = TWords.MultiplyRound(TWords.Subtract(second, first), TWords.Load(weights + i));
                TWords.Store(TWords.Add(first, step), target + i);
            }
        }
    }

    private static TWords Lower(TWords pairs) => TWords.ShiftRightLogical(TWords.ShiftLeft(pairs, 8), 8);

    private static TWords Upper(TWords pairs) => TWords.ShiftRightLogical(pairs, 8);

    private static TWords Mix(short* first, short* second, TWords weight)
    {
        var a = TWords.Load(first);
        return TWords.Add(a, TWords.MultiplyRound(TWords.Subtract(TWords.Load(second), a), weight));
    }

    private static void Store<TPixel>(TPixel* target, TWords color, float scale)
        where TPixel : unmanaged
    {
        var level = TWords.ClampToByte(TWords.ShiftRight(color, RowArithmetic.ColorBits));
        if (typeof(TPixel) == typeof(float))
        {
            TWords.StoreSingle(level, (float*)target, scale);
        }
        else
        {
            TWords.StoreHalf(level, (Half*)target, scale);
        }
    }
}
