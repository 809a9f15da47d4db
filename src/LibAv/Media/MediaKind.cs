namespace VisionStream.LibAv;

/// <summary>What a stream carries. The numbers are those of AVMediaType.</summary>
public enum MediaKind
{
    /// <summary>Not known.</summary>
    Unknown = -1,

    /// <summary>Pictures.</summary>
    Video = 0,

    /// <summary>Sound.</summary>
    Audio = 1,

    /// <summary>Anything else that is timed.</summary>
    Data = 2,

    /// <summary>Text or pictures to be shown over the video.</summary>
    Subtitle = 3,

    /// <summary>A file that is carried along, such as a font.</summary>
    Attachment = 4,
}
