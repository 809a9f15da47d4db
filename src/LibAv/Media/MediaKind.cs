using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>What a stream carries. The numbers are those of AVMediaType.</summary>
public enum MediaKind
{
    /// <summary>Not known.</summary>
    Unknown = -1,

    /// <summary>Pictures.</summary>
    Video = AVMEDIA_TYPE_VIDEO,

    /// <summary>Sound.</summary>
    Audio = AVMEDIA_TYPE_AUDIO,

    /// <summary>Anything else that is timed.</summary>
    Data = AVMEDIA_TYPE_DATA,

    /// <summary>Text or pictures to be shown over the video.</summary>
    Subtitle = AVMEDIA_TYPE_SUBTITLE,

    /// <summary>A file that is carried along, such as a font.</summary>
    Attachment = AVMEDIA_TYPE_ATTACHMENT,
}
