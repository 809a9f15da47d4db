namespace VisionStream.Detector.Kernels;

/// <summary>The rows of the three planes that make one target row, and what their values mean.</summary>
internal readonly struct RowColors(RowPair y, RowPair u, RowPair v, ColorCoefficients coefficients, float scale)
{
    /// <summary>Luma.</summary>
    public RowPair Y { get; } = y;

    /// <summary>Blue difference.</summary>
    public RowPair U { get; } = u;

    /// <summary>Red difference.</summary>
    public RowPair V { get; } = v;

    /// <summary>How they become RGB.</summary>
    public ColorCoefficients Coefficients { get; } = coefficients;

    /// <summary>What the network wants in place of one level of 255.</summary>
    public float Scale { get; } = scale;
}
