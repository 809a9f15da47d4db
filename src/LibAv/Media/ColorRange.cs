namespace VisionStream.LibAv;

/// <summary>Which of the 256 values a component uses. The numbers are those of AVColorRange.</summary>
public enum ColorRange
{
    /// <summary>The stream does not say; limited is the rule for YUV, full for RGB and for the yuvj formats.</summary>
    Unspecified = 0,

    /// <summary>Luma 16 to 235, chroma 16 to 240.</summary>
    Limited = 1,

    /// <summary>0 to 255.</summary>
    Full = 2,
}
