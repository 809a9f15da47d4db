namespace VisionStream.Detector.Kernels;

/// <summary>Two resampled rows of one plane and how far between them the wanted row lies. Valid while the sampler's buffers are.</summary>
internal readonly unsafe struct RowPair(short* first, short* second, short weight)
{
    /// <summary>The upper row.</summary>
    public short* First { get; } = first;

    /// <summary>The lower row, or the same one.</summary>
    public short* Second { get; } = second;

    /// <summary>15-bit weight of <see cref="Second"/>.</summary>
    public short Weight { get; } = weight;
}
