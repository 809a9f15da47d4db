using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.MediaMtx.Access;

/// <summary>
/// Immutable and safe from any thread. Somebody whose credential has been looked at; what they may do is answered without another
/// look at it, so one is made for a request or a connection and not kept beyond it.
/// </summary>
public sealed class Caller
{
    private readonly IReadOnlyList<Scope> _scopes;
    private readonly string? _password;
    private readonly StreamPasswords? _passwords;

    private Caller(
        AccessDecision decision, CredentialKind kind = CredentialKind.None, string name = "", IReadOnlyList<Scope>? scopes = null,
        DateTimeOffset? expiresAt = null, string? password = null, StreamPasswords? passwords = null) =>
        (Decision, Kind, Name, _scopes, ExpiresAt, _password, _passwords) = (decision, kind, name, scopes ?? [], expiresAt, password, passwords);

    /// <summary>Whether the caller is known (<see cref="AccessDecision.Granted"/>), and if not, why.</summary>
    public AccessDecision Decision { get; }

    /// <summary>By what the caller is known.</summary>
    public CredentialKind Kind { get; }

    /// <summary>Name of the key, or of the key that the token was made with; empty for a password or nobody.</summary>
    public string Name { get; }

    /// <summary>From when on the caller is nobody again; <see langword="null"/> for a key. A password is also asked about anew each time, since its stream may end first.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Everybody, while access is open.</summary>
    internal static Caller Anyone { get; } = new(AccessDecision.Granted, scopes: [Scope.Admin]);

    /// <summary>Whether the caller may do something with a stream, or with all of them when none is named.</summary>
    public bool May(AccessRight right, StreamName? stream)
    {
        if (_password is not null)
        {
            return stream is { } name && _passwords!.Verify(_password, right, name) == TokenVerdict.Valid;
        }

        for (var i = 0; i < _scopes.Count; i++)
        {
            if (_scopes[i].Allows(right, stream))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there can be a stream at all with which the caller may do something.</summary>
    public bool MayForSome(AccessRight right) =>
        _scopes.Any(s => s.AccessRight == AccessRight.Admin || s.AccessRight == right);

    /// <summary>The holder of a key or a token.</summary>
    internal static Caller Of(CredentialKind kind, string name, IReadOnlyList<Scope> scopes, DateTimeOffset? expiresAt = null) =>
        new(AccessDecision.Granted, kind, name, scopes, expiresAt);

    /// <summary>The holder of the password of a stream that there is.</summary>
    internal static Caller OfPassword(string password, TokenGrant grant, StreamPasswords passwords) =>
        new(AccessDecision.Granted, CredentialKind.StreamPassword, "", grant.Scopes, grant.ExpiresAt, password, passwords);

    /// <summary>Nobody.</summary>
    internal static Caller Unknown(AccessDecision why) => new(why);
}
