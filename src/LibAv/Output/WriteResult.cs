namespace VisionStream.LibAv;

/// <summary>How writing to an output ended.</summary>
public enum WriteResult
{
    /// <summary>The packet was taken; it may wait for packets of other streams.</summary>
    Written,

    /// <summary>The other end took nothing within the write timeout. The connection may be cut in the middle of a packet: open it again.</summary>
    TimedOut,

    /// <summary>The caller's token was cancelled.</summary>
    Cancelled,
}
