using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>How a picture was coded. The numbers are those of AVPictureType; rarer types keep their number.</summary>
public enum PictureType
{
    /// <summary>Not known; for an encoder: its own choice.</summary>
    None = AV_PICTURE_TYPE_NONE,

    /// <summary>By itself.</summary>
    I = AV_PICTURE_TYPE_I,

    /// <summary>From earlier pictures.</summary>
    P = AV_PICTURE_TYPE_P,

    /// <summary>From earlier and later pictures.</summary>
    B = AV_PICTURE_TYPE_B,
}
