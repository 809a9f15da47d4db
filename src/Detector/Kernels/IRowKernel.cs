namespace VisionStream.Detector.Kernels;

/// <summary>The two inner loops of the letterbox. All implementations give the same bits.</summary>
internal unsafe interface IRowKernel
{
    /// <summary>Resamples one row along its length into samples with 7 bits of fraction.</summary>
    /// <param name="source">The row; up to <see cref="RowTaps.Reach"/> bytes behind its last sample are read as well.</param>
    /// <param name="taps">Which samples to mix.</param>
    /// <param name="target">Room for <see cref="RowTaps.Padded"/> samples.</param>
    static abstract void Resample(byte* source, RowTaps taps, short* target);

    /// <summary>Mixes pairs of rows, turns them into RGB, rounds to 8 bits, scales and writes one row of each channel.</summary>
    /// <typeparam name="TPixel"><see cref="float"/> or <see cref="Half"/>.</typeparam>
    static abstract void Convert<TPixel>(in RowColors colors, TPixel* red, TPixel* green, TPixel* blue, int count)
        where TPixel : unmanaged;
}
