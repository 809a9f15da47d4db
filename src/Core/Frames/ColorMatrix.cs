namespace VisionStream.Core.Frames;

/// <summary>Which matrix turned RGB into the frame's YUV.</summary>
public enum ColorMatrix
{
    /// <summary>ITU-R BT.601, standard definition and JPEG.</summary>
    Bt601,

    /// <summary>ITU-R BT.709, high definition.</summary>
    Bt709,
}
