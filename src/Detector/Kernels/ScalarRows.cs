namespace VisionStream.Detector.Kernels;

/// <summary>The plain twin of <see cref="VectorRows{TWords}"/>: for machines without vectors, for short rows, and to test against.</summary>
internal readonly unsafe struct ScalarRows : IRowKernel
{
    /// <inheritdoc/>
    public static void Resample(byte* source, RowTaps taps, short* target)
    {
        var axis = taps.Axis;
        for (var i = 0; i < taps.Count; i++)
        {
            var first = (short)(source[(axis.First[i] * taps.Step) + taps.Offset] << RowArithmetic.SampleBits);
            var second = (short)(source[(axis.Second[i] * taps.Step) + taps.Offset] << RowArithmetic.SampleBits);
            target[i] = RowArithmetic.Mix(first, second, axis.Weight[i]);
        }
    }

    /// <inheritdoc/>
    public static void Convert<TPixel>(in RowColors colors, TPixel* red, TPixel* green, TPixel* blue, int count)
        where TPixel : unmanaged
    {
        var c = colors.Coefficients;
        for (var i = 0; i < count; i++)
        {
            var y = RowArithmetic.MultiplyRound((short)(Mixed(colors.Y, i) - c.Black), c.Luma) + RowArithmetic.Half;
            var u = (short)(Mixed(colors.U, i) - RowArithmetic.Neutral);
            var v = (short)(Mixed(colors.V, i) - RowArithmetic.Neutral);
            var r = y + RowArithmetic.MultiplyRound(v, c.RedFromV);
            var g = y + RowArithmetic.MultiplyRound(u, c.GreenFromU) + RowArithmetic.MultiplyRound(v, c.GreenFromV);
            var b = y + RowArithmetic.MultiplyRound(u, c.BlueFromU);
            Store(red + i, r, colors.Scale);
            Store(green + i, g, colors.Scale);
            Store(blue + i, b, colors.Scale);
        }
    }

    private static short Mixed(in RowPair rows, int i) => RowArithmetic.Mix(rows.First[i], rows.Second[i], rows.Weight);

    private static void Store<TPixel>(TPixel* target, int color, float scale)
        where TPixel : unmanaged
    {
        var level = Math.Clamp(color >> RowArithmetic.ColorBits, 0, 255) * scale;
        if (typeof(TPixel) == typeof(float))
        {
            *(float*)target = level;
        }
        else
        {
            *(Half*)target = (Half)level;
        }
    }
}
