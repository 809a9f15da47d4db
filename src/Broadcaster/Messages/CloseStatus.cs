namespace VisionStream.Broadcaster.Messages;

/// <summary>Why a connection ends, as its close frame says (RFC 6455, section 7.4, and IANA's registry).</summary>
internal enum CloseStatus : ushort
{
    /// <summary>The subscriber has said goodbye and gets its answer.</summary>
    Normal = 1000,

    /// <summary>The service is shutting down.</summary>
    GoingAway = 1001,

    /// <summary>The subscriber broke the protocol.</summary>
    ProtocolError = 1002,

    /// <summary>The subscriber sent a binary message.</summary>
    UnsupportedData = 1003,

    /// <summary>The subscriber sends too much.</summary>
    PolicyViolation = 1008,

    /// <summary>The subscriber's message is too long.</summary>
    TooBig = 1009,

    /// <summary>Something went wrong here that should not; the log says what.</summary>
    InternalError = 1011,

    /// <summary>The subscriber makes no progress; it may come back later.</summary>
    TryAgainLater = 1013,
}
