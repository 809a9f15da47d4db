using VisionStream.MediaMtx.Tokens;

namespace VisionStream.Host.Access;

/// <summary>What the creator of a stream hands on. Immutable; all of it are secrets.</summary>
/// <param name="Token">Reads and publishes the stream, for HTTP, WebSocket and MediaMTX.</param>
/// <param name="PublishPassword">For the addresses at which the stream is published.</param>
/// <param name="ReadPassword">For the addresses at which the stream and its annotated video are watched.</param>
internal sealed record StreamGrant(IssuedToken Token, IssuedToken PublishPassword, IssuedToken ReadPassword)
{
    /// <inheritdoc/>
    public override string ToString() => $"Credentials whose token expires at {Token.ExpiresAt:O}";
}
