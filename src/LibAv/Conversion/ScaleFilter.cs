using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>How a scaler computes a pixel. The numbers are those of libswscale.</summary>
public enum ScaleFilter
{
    /// <summary>Two by two neighbours, with shortcuts: the fastest.</summary>
    FastBilinear = SWS_FAST_BILINEAR,

    /// <summary>Two by two neighbours.</summary>
    Bilinear = SWS_BILINEAR,

    /// <summary>Four by four neighbours.</summary>
    Bicubic = SWS_BICUBIC,

    /// <summary>The nearest neighbour.</summary>
    Nearest = SWS_POINT,

    /// <summary>The mean over the area of a pixel, for making pictures much smaller.</summary>
    Area = SWS_AREA,
}
