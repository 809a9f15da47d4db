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
        var guesses = 0;
        foreach (var credential in presented)
        {
            var (verdict, wasGuess) = await JudgeAsync(credential!, right, stream, keysToo: !locked).ConfigureAwait(false);
            guesses += wasGuess ? 1 : 0;
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

        // Each guess counts, whatever came beside it: what one is known by says nothing of the keys that one tries with it.
        Count(guesses, address);
        return known ?? new AccessVerdict(AccessDecision.CredentialsNeeded);
    }

    /// <summary>
    /// Says who a caller is, once for answers about many streams and for connections that last. A wrong key counts as one attempt, and
    /// so does a password of no stream that there is.
    /// </summary>
    /// <param name="credential">The key, token or password; <see langword="null"/> or empty for none.</param>
    /// <param name="address">Who asks; <see langword="null"/> when the connection has no address.</param>
    public async ValueTask<Caller> IdentifyAsync(string? credential, IPAddress? address)
    {
        if (_options.Open)
        {
            return Caller.Anyone;
        }

        if (string.IsNullOrEmpty(credential))
        {
            return Caller.Unknown(AccessDecision.CredentialsNeeded);
        }

        var locked = WaitOf(address) > TimeSpan.Zero;
        var (caller, wasGuess) = await FindAsync(credential, keysToo: !locked).ConfigureAwait(false);
        if (caller is not null)
        {
            return caller;
        }

        if (!locked)
        {
            Count(wasGuess ? 1 : 0, address);
        }

        return Caller.Unknown(locked ? AccessDecision.TooManyAttempts : AccessDecision.CredentialsNeeded);
    }

    private void Count(int guesses, IPAddress? address)
    {
        if (guesses > 0 && address is not null && _limiter.Fail(address, guesses))
        {
            Log.AddressLocked(_log, address, _options.MaxFailures);
        }
    }

    // Without a verdict the caller is nobody; something of ours that has expired is no guess, so that a client which has not
    // noticed yet does not lock out everybody behind its address.
    private async ValueTask<(AccessVerdict? Verdict, bool WasGuess)> JudgeAsync(string credential, AccessRight right, StreamName? stream, bool keysToo)
    {
        if (stream is { } name && StreamPasswords.HasForm(credential) && _passwords.Verify(credential, right, name) is not TokenVerdict.Invalid and var verdict)
        {
            return (verdict == TokenVerdict.Valid ? new AccessVerdict(AccessDecision.Granted, CredentialKind.StreamPassword, name.Value) : null, false);
        }

        var (caller, wasGuess) = await FindAsync(credential, keysToo).ConfigureAwait(false);
        return caller is null
            ? (null, wasGuess)
            : (new AccessVerdict(caller.May(right, stream) ? AccessDecision.Granted : AccessDecision.Refused, caller.Kind, caller.Name), false);
    }

    // Whose key, token or password it is.
    private async ValueTask<(Caller? Caller, bool WasGuess)> FindAsync(string credential, bool keysToo)
    {
        if (credential.Length > LongestCredential)
        {
            return (null, true);
        }

        if ((_keys.FindOwn(credential) ?? (keysToo ? _keys.Find(credential) : null)) is { } key)
        {
            return (Caller.Of(CredentialKind.Key, key.Name, key.Scopes), false);
        }

        if (StreamPasswords.HasForm(credential))
        {
            var password = _passwords.Find(credential);
            return password.Verdict == TokenVerdict.Valid
                ? (Caller.OfPassword(credential, password, _passwords), false)
                : (null, password.Verdict == TokenVerdict.Invalid);
        }

        if (credential.Count(c => c == '.') != 2)
        {
            return (null, true);
        }

        var grant = await _tokens.VerifyAsync(credential).ConfigureAwait(false);
        return grant.Verdict == TokenVerdict.Valid
            ? (Caller.Of(CredentialKind.Token, grant.Subject, grant.Scopes, grant.ExpiresAt), false)
            : (null, grant.Verdict == TokenVerdict.Invalid);
    }
}
