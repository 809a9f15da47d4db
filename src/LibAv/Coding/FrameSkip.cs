namespace VisionStream.LibAv;

/// <summary>Which pictures a decoder leaves out to save work. The numbers are those of AVDiscard.</summary>
public enum FrameSkip
{
    /// <summary>None.</summary>
    Nothing = 0,

    /// <summary>Those that no other picture refers to.</summary>
    NonReference = 8,

    /// <summary>B pictures.</summary>
    Bidirectional = 16,

    /// <summary>All but key frames.</summary>
    NonKey = 32,
}
