using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Tokens;

/// <summary>
/// Safe from any thread. Makes short-lived tokens (JWT, RFC 7519) and tells its own from others. A token carries its scopes twice: in
/// <c>scope</c> (RFC 8693) for this service, in <c>mediamtx_permissions</c> for MediaMTX's JWT mode.
/// </summary>
public sealed class TokenAuthority
{
    // Above what an own token reaches with several names of 200 characters; longer ones are not parsed.
    private const int LongestToken = 8192;

    // Claims of our own: the stream that a token is for, and the mark of its generation.
    private const string StreamClaim = "visionstream_stream";
    private const string GenerationClaim = "visionstream_generation";

    private readonly IReadOnlyList<SigningKey> _keys;
    private readonly TokenOptions _options;
    private readonly StreamGenerations _generations;
    private readonly TimeProvider _time;
    private readonly SigningCredentials _credentials;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = LongestToken };
    private readonly TokenValidationParameters _validation;

    /// <summary>Signs with the first key and accepts what any of them has signed, so that a key can be changed without a break.</summary>
    /// <exception cref="ArgumentException">There is no key, or the options are wrong; the message has all that is.</exception>
    public TokenAuthority(IReadOnlyList<SigningKey> keys, TokenOptions options, StreamGenerations generations, TimeProvider time)
    {
        var errors = options.Validate();
        if (errors.Count > 0 || keys.Count == 0)
        {
            throw new ArgumentException(errors.Count > 0 ? string.Join(' ', errors) : "There is no signing key.", nameof(options));
        }

        (_keys, _options, _generations, _time) = (keys, options, generations, time);
        _credentials = new SigningCredentials(keys[0].Key, keys[0].Algorithm);
        _validation = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKeys = [.. keys.Select(k => k.Key)],
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [.. keys.Select(k => k.Algorithm).Distinct()],
            ValidTypes = ["JWT"],

            // Our clock rather than the library's; the tokens are our own, so no skew is forgiven.
            LifetimeValidator = (notBefore, expires, _, _) => expires > _time.GetUtcNow().UtcDateTime && !(notBefore > _time.GetUtcNow().UtcDateTime),
        };
    }

    /// <summary>What the tokens say and how long they last.</summary>
    public TokenOptions Options => _options;

    /// <summary>The keys that others need to check tokens, as a JSON Web Key Set (RFC 7517); shared secrets are not in it.</summary>
    public string Jwks() => JwksDocument.Of(_keys);

    /// <summary>Makes a token.</summary>
    /// <param name="subject">Whose key it is made with; it can be read by whoever holds the token.</param>
    /// <param name="scopes">What it allows.</param>
    /// <param name="lifetime">How long; cut to <see cref="TokenOptions.MaxLifetime"/>.</param>
    /// <param name="stream">The stream that it is to end with; without one, or where there is no such stream yet, its time alone counts.</param>
    public IssuedToken Issue(string subject, IReadOnlyList<Scope> scopes, TimeSpan lifetime, StreamName? stream = null)
    {
        // JWT's times are whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + TimeSpan.FromSeconds(Math.Ceiling((lifetime < _options.MaxLifetime ? lifetime : _options.MaxLifetime).TotalSeconds));
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = subject,
            [JwtRegisteredClaimNames.Jti] = Ulid.Create(_time),
            ["scope"] = string.Join(' ', scopes),
            [MediaMtxPermissions.Claim] = MediaMtxPermissions.Of(scopes),
        };
        if (stream is { } name && _generations.MarkOf(name) is { } mark)
        {
            (claims[StreamClaim], claims[GenerationClaim]) = (name.Value, mark);
        }

        var text = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Issuer,
            Audience = _options.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = _credentials,
            TokenType = "JWT",
            Claims = claims,
        });
        return new IssuedToken(text, expires);
    }

    /// <summary>Looks at a presented token.</summary>
    public async ValueTask<TokenGrant> VerifyAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _validation).ConfigureAwait(false);
        if (!result.IsValid)
        {
            var verdict = result.Exception is SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException ? TokenVerdict.Expired : TokenVerdict.Invalid;
            return new TokenGrant(verdict, "", []);
        }

        var claims = result.Claims;
        if (TextOf(GenerationClaim) is { Length: > 0 } mark && !(StreamName.TryParse(TextOf(StreamClaim), out var name, out _) && _generations.MarkOf(name) == mark))
        {
            return new TokenGrant(TokenVerdict.Expired, "", []);
        }

        var scopes = new List<Scope>();
        foreach (var text in TextOf("scope").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Scope.TryParse(text, out var scope, out _))
            {
                scopes.Add(scope);
            }
        }

        return new TokenGrant(TokenVerdict.Valid, TextOf(JwtRegisteredClaimNames.Sub), scopes, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));

        string TextOf(string claim) => claims.TryGetValue(claim, out var value) ? value as string ?? "" : "";
    }
}
