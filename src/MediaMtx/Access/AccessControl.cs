using System.Net;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Keys;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.MediaMtx.Access;

/// <summary>
/// Safe from any thread. Who may do what, for HTTP, WebSocket and MediaMTX alike: by a key, a token or a stream's password. Failed
/// attempts are counted by address; an address that has failed too often may not try keys for a while, right or wrong.
/// </summary>
/// <remarks>
/// Tokens, stream passwords and the service's own key count all the same: nobody can guess a signature, and a camera with a wrong key
/// must not lock out its neighbours behind the same address, or on loopback the service itself.
/// </remarks>
public sealed class AccessControl
{
    // Longer than any key or token of ours; nothing longer is hashed or parsed.
    private const int LongestCredential = 8192;

    private readonly AccessOptions _options;
    private readonly ApiKeyRing _keys;
    private readonly TokenAuthority _tokens;
    private readonly StreamPasswords _passwords;
    private readonly AttemptLimiter _limiter;
    private readonly ILogger _log;

    /// <summary>Makes it.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message has all that is.</exception>
    public AccessControl(
        AccessOptions options, ApiKeyRing keys, TokenAuthority tokens, StreamPasswords passwords, TimeProvider time, ILogger<AccessControl> log)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        (_options, _keys, _tokens, _passwords, _log) = (options, keys, tokens, passwords, log);
        _limiter = new AttemptLimiter(options, time);
    }

    /// <summary>Whether everybody may do everything.</summary>
    public bool IsOpen => _options.Open;

    /// <summary>How long an address has to wait for its next answer; zero when it does not.</summary>
    public TimeSpan WaitOf(IPAddress? address) => address is null ? TimeSpan.Zero : _limiter.WaitOf(address);

    /// <summary>Decides.</summary>
    /// <param name="credentials">What the caller presents: keys, tokens or passwords, of which one has to do; empty ones count as none.</param>
    /// <param name="right">What is wanted.</param>
    /// <param name="stream">For which stream, or <see langword="null"/> for all of them or none in particular.</param>
    /// <param name="address">Who asks; <see langword="null"/> when the connection has no address.</param>
    public async ValueTask<AccessVerdict> DecideAsync(IEnumerable<string?> credentials, AccessRight right, StreamName? stream, IPAddress? address)
    {
        if (_options.Open)
        {
            return new AccessVerdict(AccessDecision.Granted);
        }

        var presented = credentials.Where(c => !string.IsNullOrEmpty(c)).Distinct(StringComparer.Ordinal).ToList();
        if (presented.Count == 0)
        {
            // No attempt: RTSP clients and browsers always ask without credentials first.
            return new AccessVerdict(AccessDecision.CredentialsNeeded);
        }

        var locked = WaitOf(address) > TimeSpan.Zero;
        AccessVerdict? known = null;
        var guessed = true;
        foreach (var credential in presented)
        {
            var (verdict, wasGuess) = await JudgeAsync(credential!, right, stream, keysToo: !locked).ConfigureAwait(false);
            guessed &= wasGuess;
            if (verdict is { IsGranted: true } granted)
            {
                return granted;
            }

            known ??= verdict;
        }

        if (locked)
        {
            return known ?? new AccessVerdict(AccessDecision.TooManyAttempts);
        }

        if (known is null && guessed && address is not null && _limiter.Fail(address))
        {
            Log.AddressLocked(_log, address, _options.MaxFailures);
        }

        return known ?? new AccessVerdict(AccessDecision.CredentialsNeeded);
    }

    private static AccessVerdict Judged(IReadOnlyList<Scope> scopes, AccessRight right, StreamName? stream, CredentialKind kind, string caller) =>
        new(scopes.Any(s => s.Allows(right, stream)) ? AccessDecision.Granted : AccessDecision.Refused, kind, caller);

    // Without a verdict the caller is nobody; something of ours that has expired is no guess, so that a client which has not
    // noticed yet does not lock out everybody behind its address.
    private async ValueTask<(AccessVerdict? Verdict, bool WasGuess)> JudgeAsync(string credential, AccessRight right, StreamName? stream, bool keysToo)
    {
        if (credential.Length > LongestCredential)
        {
            return (null, true);
        }

        if (_keys.FindOwn(credential) is { } own)
        {
            return (Judged(own.Scopes, right, stream, CredentialKind.Key, own.Name), false);
        }

        if (keysToo && _keys.Find(credential) is { } key)
        {
            return (Judged(key.Scopes, right, stream, CredentialKind.Key, key.Name), false);
        }

        if (StreamPasswords.HasForm(credential) && stream is { } name)
        {
            var verdict = _passwords.Verify(credential, right, name);
            return verdict == TokenVerdict.Valid
                ? (new AccessVerdict(AccessDecision.Granted, CredentialKind.StreamPassword, name.Value), false)
                : (null, verdict == TokenVerdict.Invalid);
        }

        if (credential.Count(c => c == '.') != 2)
        {
            return (null, true);
        }

        var grant = await _tokens.VerifyAsync(credential).ConfigureAwait(false);
        return grant.Verdict == TokenVerdict.Valid
            ? (Judged(grant.Scopes, right, stream, CredentialKind.Token, grant.Subject), false)
            : (null, grant.Verdict == TokenVerdict.Invalid);
    }
}
