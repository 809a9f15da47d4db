using System.Net;

namespace VisionStream.MediaMtx.Authentication;

/// <summary>
/// What MediaMTX asks with <c>authMethod: http</c>: may this client do that. Immutable. Older releases send fewer fields; those are
/// empty then. It holds secrets, so it has no text form.
/// </summary>
internal sealed class AuthRequest
{
    /// <summary>Password of the client.</summary>
    public string Password { get; init; } = "";

    /// <summary>Bearer token, or what MediaMTX took for one; since v1.12.3.</summary>
    public string Token { get; init; } = "";

    /// <summary>Address of the client.</summary>
    public IPAddress? Ip { get; init; }

    /// <summary><c>publish</c>, <c>read</c>, <c>playback</c>, <c>api</c>, <c>metrics</c> or <c>pprof</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>The path; empty for actions that have none.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>rtsp</c>, <c>rtmp</c>, <c>hls</c>, <c>webrtc</c>, <c>srt</c>, <c>moq</c> or nothing.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>The query of the client's URL.</summary>
    public string Query { get; init; } = "";
}
