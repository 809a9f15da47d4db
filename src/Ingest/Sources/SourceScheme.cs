namespace VisionStream.Ingest.Sources;

/// <summary>The kinds of source that VisionStream reads; everything else is refused.</summary>
public enum SourceScheme
{
    /// <summary>A media file or an image on this machine.</summary>
    File,

    /// <summary>RTSP, over TCP unless the options say otherwise.</summary>
    Rtsp,

    /// <summary>RTSP over TLS.</summary>
    Rtsps,

    /// <summary>RTMP, as a client or (with <c>?listen=1</c>) as the server of one publisher.</summary>
    Rtmp,

    /// <summary>RTMP over TLS.</summary>
    Rtmps,

    /// <summary>HTTP: an HLS playlist or any media file.</summary>
    Http,

    /// <summary>HTTPS: an HLS playlist or any media file.</summary>
    Https,

    /// <summary>SRT carrying MPEG-TS.</summary>
    Srt,

    /// <summary>MPEG-TS in bare UDP packets.</summary>
    Udp,

    /// <summary>MPEG-TS in RTP packets; other payloads need an <see cref="Sdp"/> file.</summary>
    Rtp,

    /// <summary>A file that describes an RTP session.</summary>
    Sdp,

    /// <summary>A camera of this machine.</summary>
    V4l2,

    /// <summary>A picture made by libavfilter, for tests and demos.</summary>
    Lavfi,
}
