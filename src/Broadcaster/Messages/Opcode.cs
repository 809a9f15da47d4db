namespace VisionStream.Broadcaster.Messages;

/// <summary>What a WebSocket frame carries (RFC 6455, section 5.2).</summary>
internal enum Opcode : byte
{
    /// <summary>UTF-8 text.</summary>
    Text = 0x1,

    /// <summary>Bytes; no subscriber may send them.</summary>
    Binary = 0x2,

    /// <summary>The last frame of a direction, with a status.</summary>
    Close = 0x8,

    /// <summary>Asks for a pong.</summary>
    Ping = 0x9,

    /// <summary>Answers a ping.</summary>
    Pong = 0xA,
}
