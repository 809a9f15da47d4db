namespace VisionStream.Ingest.Sources;

/// <summary>How an RTSP server sends its RTP packets.</summary>
public enum RtspTransport
{
    /// <summary>Inside the RTSP connection: nothing is lost, and it passes every firewall.</summary>
    Tcp,

    /// <summary>As UDP packets: a little earlier, and what is lost costs the frames up to the next key frame.</summary>
    Udp,
}
