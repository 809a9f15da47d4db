namespace VisionStream.Restream.Targets;

/// <summary>The ways a stream can be sent.</summary>
public enum TargetKind
{
    /// <summary>RTSP, published (ANNOUNCE and RECORD) over TCP.</summary>
    Rtsp,

    /// <summary>RTMP, with or without TLS.</summary>
    Rtmp,

    /// <summary>MPEG-TS over SRT.</summary>
    Srt,

    /// <summary>A file on this machine; the container follows its extension.</summary>
    File,
}
