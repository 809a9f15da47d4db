namespace VisionStream.Restream.Annotate;

/// <summary>What becomes of the source's sound.</summary>
public enum AudioMode
{
    /// <summary>It goes along as it is where the target takes its codec; otherwise the stream is silent and the log says why.</summary>
    Copy,

    /// <summary>It becomes Opus, which browsers hear over WebRTC. Not for RTMP, which has no Opus.</summary>
    Opus,

    /// <summary>It becomes AAC, which RTMP and HLS players hear.</summary>
    Aac,

    /// <summary>It is left out.</summary>
    None,
}
