namespace VisionStream.Detector.Kernels;

/// <summary>
/// Immutable. For every target sample of one axis the two source samples that it lies between, and how far along: bilinear with
/// half-pixel centres and clamped edges, no antialiasing.
/// </summary>
internal sealed class AxisTaps
{
    /// <summary>The weight of <see cref="Second"/> is a fraction of this: 15 bits, as the multiply-high-and-round instructions take it.</summary>
    public const int One = 1 << 15;

    private AxisTaps(int[] first, int[] second, short[] weight)
    {
        First = first;
        Second = second;
        Weight = weight;
    }

    /// <summary>The nearer to the origin.</summary>
    public int[] First { get; }

    /// <summary>The next one, or the same where nothing is to be mixed.</summary>
    public int[] Second { get; }

    /// <summary>0 to <c>One - 1</c>.</summary>
    public short[] Weight { get; }

    /// <summary>Computes the taps of one plane along one axis.</summary>
    /// <param name="picture">Samples of the luma plane along the axis.</param>
    /// <param name="target">Samples wanted.</param>
    /// <param name="subsampling">1 for luma, 2 for a plane with half as many samples, each centred on two luma samples.</param>
    public static AxisTaps Create(int picture, int target, int subsampling)
    {
        var samples = (picture + subsampling - 1) / subsampling;
        var step = (double)picture / target;
        var first = new int[target];
        var second = new int[target];
        var weight = new short[target];
        for (var i = 0; i < target; i++)
        {
            var luma = Math.Clamp(((i + 0.5) * step) - 0.5, 0, picture - 1);
            var position = Math.Clamp(((luma + 0.5) / subsampling) - 0.5, 0, samples - 1);
            var whole = (int)position;
            var fraction = (int)Math.Round((position - whole) * One);
            if (fraction == One)
            {
                (whole, fraction) = (whole + 1, 0);
            }

            first[i] = whole;
            second[i] = fraction == 0 ? whole : whole + 1;
            weight[i] = (short)fraction;
        }

        return new AxisTaps(first, second, weight);
    }
}
