namespace VisionStream.Detector.Kernels;

/// <summary>Which of the twins to run.</summary>
public enum VectorWidth
{
    /// <summary>The widest that the machine has.</summary>
    Best,

    /// <summary>No vectors.</summary>
    Scalar,

    /// <summary>SSSE3 or AdvSimd.</summary>
    Bits128,

    /// <summary>AVX2.</summary>
    Bits256,

    /// <summary>AVX-512BW.</summary>
    Bits512,
}
