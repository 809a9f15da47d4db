namespace VisionStream.LibAv;

/// <summary>How a picture was coded. The numbers are those of AVPictureType; rarer types keep their number.</summary>
public enum PictureType
{
    /// <summary>Not known; for an encoder: its own choice.</summary>
    None = 0,

    /// <summary>By itself.</summary>
    I = 1,

    /// <summary>From earlier pictures.</summary>
    P = 2,

    /// <summary>From earlier and later pictures.</summary>
    B = 3,
}
