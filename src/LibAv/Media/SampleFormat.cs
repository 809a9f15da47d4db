using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>How a sample is stored. The numbers are those of AVSampleFormat, which no major has moved.</summary>
public enum SampleFormat
{
    /// <summary>No samples.</summary>
    None = AV_SAMPLE_FMT_NONE,

    /// <summary>8 bit, unsigned, channels in turn.</summary>
    U8 = AV_SAMPLE_FMT_U8,

    /// <summary>16 bit, channels in turn.</summary>
    S16 = AV_SAMPLE_FMT_S16,

    /// <summary>32 bit, channels in turn.</summary>
    S32 = AV_SAMPLE_FMT_S32,

    /// <summary>32 bit floating point, channels in turn.</summary>
    Flt = AV_SAMPLE_FMT_FLT,

    /// <summary>64 bit floating point, channels in turn.</summary>
    Dbl = AV_SAMPLE_FMT_DBL,

    /// <summary>8 bit, unsigned, a plane per channel.</summary>
    U8P = AV_SAMPLE_FMT_U8P,

    /// <summary>16 bit, a plane per channel.</summary>
    S16P = AV_SAMPLE_FMT_S16P,

    /// <summary>32 bit, a plane per channel.</summary>
    S32P = AV_SAMPLE_FMT_S32P,

    /// <summary>32 bit floating point, a plane per channel.</summary>
    FltP = AV_SAMPLE_FMT_FLTP,

    /// <summary>64 bit floating point, a plane per channel.</summary>
    DblP = AV_SAMPLE_FMT_DBLP,
}
