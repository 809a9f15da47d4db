namespace VisionStream.Core.Streams;

/// <summary>Whose clock a frame's <c>ingested_at</c> comes from.</summary>
public enum ClockSource
{
    /// <summary>The service's own clock when the packet arrived.</summary>
    Arrival,

    /// <summary>The sender's clock, carried by RTCP sender reports.</summary>
    RtcpSenderReport,
}
