namespace VisionStream.Detector.Kernels;

/// <summary>What has to be done to a source row to get a target row; the two common shapes need no shuffling.</summary>
internal enum RowShape
{
    /// <summary>Each target sample is a source sample, one after the other: 1:1, or the chroma of a picture halved in size.</summary>
    Copy,

    /// <summary>Each target sample is one byte of every pair: <see cref="Copy"/> from interleaved chroma, first of the pair.</summary>
    CopyEven,

    /// <summary>As <see cref="CopyEven"/>, second of the pair.</summary>
    CopyOdd,

    /// <summary>Each target sample is the mean of a pair of source samples: a picture halved in size, such as 1280 to 640.</summary>
    Halve,

    /// <summary>Anything else.</summary>
    Gather,
}
