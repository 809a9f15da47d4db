using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>Which pictures a decoder leaves out to save work. The numbers are those of AVDiscard.</summary>
public enum FrameSkip
{
    /// <summary>None.</summary>
    Nothing = AVDISCARD_DEFAULT,

    /// <summary>Those that no other picture refers to.</summary>
    NonReference = AVDISCARD_NONREF,

    /// <summary>B pictures.</summary>
    Bidirectional = AVDISCARD_BIDIR,

    /// <summary>All but key frames.</summary>
    NonKey = AVDISCARD_NONKEY,
}
