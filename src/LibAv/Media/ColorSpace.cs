namespace VisionStream.LibAv;

/// <summary>The matrix between RGB and YUV. The numbers are those of ISO/IEC 23091-2 and AVColorSpace.</summary>
public enum ColorSpace
{
    /// <summary>The components are RGB already.</summary>
    Rgb = 0,

    /// <summary>BT.709, the rule for HD.</summary>
    Bt709 = 1,

    /// <summary>The stream does not say.</summary>
    Unspecified = 2,

    /// <summary>FCC, 1953.</summary>
    Fcc = 4,

    /// <summary>BT.601 as used for PAL.</summary>
    Bt470Bg = 5,

    /// <summary>BT.601 as used for NTSC; the same matrix.</summary>
    Smpte170M = 6,

    /// <summary>SMPTE 240M.</summary>
    Smpte240M = 7,

    /// <summary>YCgCo.</summary>
    YCgCo = 8,

    /// <summary>BT.2020, non-constant luminance.</summary>
    Bt2020Ncl = 9,

    /// <summary>BT.2020, constant luminance.</summary>
    Bt2020Cl = 10,
}
