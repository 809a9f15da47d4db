namespace VisionStream.LibAv;

/// <summary>How reading from an input ended.</summary>
public enum ReadResult
{
    /// <summary>There is a packet.</summary>
    Packet,

    /// <summary>There is none at the moment; only inputs opened as non-blocking say so.</summary>
    Again,

    /// <summary>The input ended.</summary>
    EndOfStream,

    /// <summary>Nothing arrived within the read timeout. The connection may be cut in the middle of a packet: open it again.</summary>
    TimedOut,

    /// <summary>The caller's token was cancelled.</summary>
    Cancelled,
}
