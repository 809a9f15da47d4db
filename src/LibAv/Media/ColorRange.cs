using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>Which of the 256 values a component uses. The numbers are those of AVColorRange.</summary>
public enum ColorRange
{
    /// <summary>The stream does not say; limited is the rule for YUV, full for RGB and for the yuvj formats.</summary>
    Unspecified = AVCOL_RANGE_UNSPECIFIED,

    /// <summary>Luma 16 to 235, chroma 16 to 240.</summary>
    Limited = AVCOL_RANGE_MPEG,

    /// <summary>0 to 255.</summary>
    Full = AVCOL_RANGE_JPEG,
}
