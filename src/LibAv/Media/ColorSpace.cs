using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>The matrix between RGB and YUV. The numbers are those of ISO/IEC 23091-2 and AVColorSpace.</summary>
public enum ColorSpace
{
    /// <summary>The components are RGB already.</summary>
    Rgb = AVCOL_SPC_RGB,

    /// <summary>BT.709, the rule for HD.</summary>
    Bt709 = AVCOL_SPC_BT709,

    /// <summary>The stream does not say.</summary>
    Unspecified = AVCOL_SPC_UNSPECIFIED,

    /// <summary>FCC, 1953.</summary>
    Fcc = AVCOL_SPC_FCC,

    /// <summary>BT.601 as used for PAL.</summary>
    Bt470Bg = AVCOL_SPC_BT470BG,

    /// <summary>BT.601 as used for NTSC; the same matrix.</summary>
    Smpte170M = AVCOL_SPC_SMPTE170M,

    /// <summary>SMPTE 240M.</summary>
    Smpte240M = AVCOL_SPC_SMPTE240M,

    /// <summary>YCgCo.</summary>
    YCgCo = AVCOL_SPC_YCGCO,

    /// <summary>BT.2020, non-constant luminance.</summary>
    Bt2020Ncl = AVCOL_SPC_BT2020_NCL,

    /// <summary>BT.2020, constant luminance.</summary>
    Bt2020Cl = AVCOL_SPC_BT2020_CL,
}
