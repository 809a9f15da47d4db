namespace VisionStream.LibAv;

/// <summary>How a sample is stored. The numbers are those of AVSampleFormat, which no major has moved.</summary>
public enum SampleFormat
{
    /// <summary>No samples.</summary>
    None = -1,

    /// <summary>8 bit, unsigned, channels in turn.</summary>
    U8 = 0,

    /// <summary>16 bit, channels in turn.</summary>
    S16 = 1,

    /// <summary>32 bit, channels in turn.</summary>
    S32 = 2,

    /// <summary>32 bit floating point, channels in turn.</summary>
    Flt = 3,

    /// <summary>64 bit floating point, channels in turn.</summary>
    Dbl = 4,

    /// <summary>8 bit, unsigned, a plane per channel.</summary>
    U8P = 5,

    /// <summary>16 bit, a plane per channel.</summary>
    S16P = 6,

    /// <summary>32 bit, a plane per channel.</summary>
    S32P = 7,

    /// <summary>32 bit floating point, a plane per channel.</summary>
    FltP = 8,

    /// <summary>64 bit floating point, a plane per channel.</summary>
    DblP = 9,
}
