using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Naming;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.Host.Access;

/// <summary>
/// Safe from any thread. Makes what the creator of a stream hands on: a token for whoever reads it over HTTP and WebSocket, and a
/// password for the addresses that publishers and viewers are given. All of it ends with the stream.
/// </summary>
internal sealed class StreamCredentials(AccessControl access, TokenAuthority tokens, StreamPasswords passwords)
{
    // Addresses are typed into cameras; a stream without an end keeps its password for a year.
    private static readonly TimeSpan LongestPassword = TimeSpan.FromDays(365);

    /// <summary>Makes them; <see langword="null"/> while access is open, since nothing is asked for then.</summary>
    /// <param name="stream">The stream; its annotated video is included.</param>
    /// <param name="creator">Name of the key that it is created with, which the token names as its subject.</param>
    /// <param name="lifetime">How long the stream is to live; <see langword="null"/> for ever.</param>
    public StreamGrant? Issue(StreamName stream, string creator, TimeSpan? lifetime)
    {
        if (access.IsOpen)
        {
            return null;
        }

        var only = NamePattern.Exactly(stream);
        var tokenLife = lifetime is { } life && life < tokens.Options.Lifetime ? life : tokens.Options.Lifetime;
        var token = tokens.Issue(creator, [new Scope(AccessRight.Read, only), new Scope(AccessRight.Publish, only)], tokenLife, stream);
        var passwordLife = lifetime is { } wanted && wanted < LongestPassword ? wanted : LongestPassword;
        return new StreamGrant(
            token, passwords.Issue(stream, publish: true, read: false, passwordLife), passwords.Issue(stream, publish: false, read: true, passwordLife));
    }
}
