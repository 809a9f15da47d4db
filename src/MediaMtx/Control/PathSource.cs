namespace VisionStream.MediaMtx.Control;

/// <summary>Who feeds a path. Immutable.</summary>
/// <param name="Type">MediaMTX's word for it: <c>rtmpConn</c>, <c>rtspSession</c>, <c>webRTCSession</c>, <c>rtspSource</c>...</param>
/// <param name="Id">The connection's identifier, which changes when the publisher comes back; empty for sources that MediaMTX pulls.</param>
public sealed record PathSource(string Type, string Id);
