using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.MediaMtx.Tokens;

public class TokenAuthorityTests
{
    private readonly ManualTime _time = new();

    public static TheoryData<string> Kinds => ["ES256", "ES384", "RS256", "HS256"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_token_brings_its_scopes_back_until_it_expires(string kind)
    {
        var authority = Authority(Key(kind));
        var token = authority.Issue("dashboard", [Scoped("read:live/cam"), Scoped("publish:live/cam")], TimeSpan.FromMinutes(5));
        Assert.Equal(ManualTime.Start.AddMinutes(5), token.ExpiresAt);

        var grant = await authority.VerifyAsync(token.Text);
        Assert.Equal((TokenVerdict.Valid, "dashboard"), (grant.Verdict, grant.Subject));
        Assert.Equal(["read:live/cam", "publish:live/cam"], grant.Scopes.Select(s => s.ToString()));

        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(TokenVerdict.Valid, (await authority.VerifyAsync(token.Text)).Verdict);
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = await authority.VerifyAsync(token.Text);
        Assert.Equal(TokenVerdict.Expired, late.Verdict);
        Assert.Empty(late.Scopes);
    }

    [Fact]
    public async Task A_token_for_a_stream_ends_with_it()
    {
        string? made = null;
        var cam = StreamName.Parse("live/cam");
        var authority = new TokenAuthority([SigningKey.Generate()], new TokenOptions(), new StreamGenerations(s => s == cam ? made : null, () => [cam]), _time);
        var early = Issue();
        made = "first";
        var token = Issue();
        Assert.Equal(TokenVerdict.Valid, (await authority.VerifyAsync(token)).Verdict);

        made = null;
        var gone = await authority.VerifyAsync(token);
        Assert.Equal(TokenVerdict.Expired, gone.Verdict);
        Assert.Empty(gone.Scopes);

        made = "second";
        Assert.Equal(TokenVerdict.Expired, (await authority.VerifyAsync(token)).Verdict);
        Assert.Equal(TokenVerdict.Valid, (await authority.VerifyAsync(Issue())).Verdict);

        // One from before there was a stream goes by the name.
        Assert.Equal(TokenVerdict.Valid, (await authority.VerifyAsync(early)).Verdict);

        string Issue() => authority.Issue("x", [Scoped("read:live/cam")], TimeSpan.FromHours(1), cam).Text;
    }

    [Fact]
    public async Task Tokens_of_other_keys_issuers_and_audiences_are_nothing()
    {
        var key = SigningKey.Generate();
        var authority = Authority(key);
        var others = new[]
        {
            Authority(SigningKey.Generate()),
            new TokenAuthority([key], new TokenOptions { Issuer = "else" }, StreamGenerations.ByNameOnly, _time),
            new TokenAuthority([key], new TokenOptions { Audience = "else" }, StreamGenerations.ByNameOnly, _time),
        };
        foreach (var other in others)
        {
            Assert.Equal(TokenVerdict.Invalid, (await authority.VerifyAsync(other.Issue("x", [Scope.Admin], TimeSpan.FromHours(1)).Text)).Verdict);
        }
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_is_nothing()
    {
        var authority = Authority(SigningKey.Generate());
        var parts = authority.Issue("x", [Scoped("read:a")], TimeSpan.FromHours(1)).Text.Split('.');
        var admin = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("read:a", "admin", StringComparison.Ordinal));
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");

        string[] forgeries =
        [
            $"{parts[0]}.{admin}.{parts[2]}", $"{unsigned}.{parts[1]}.", $"{unsigned}.{admin}.{parts[2]}", $"{parts[0]}.{parts[1]}.", "..", "a.b.c",
            new string('a', 9000) + ".b.c",
        ];
        foreach (var forgery in forgeries)
        {
            Assert.Equal(TokenVerdict.Invalid, (await authority.VerifyAsync(forgery)).Verdict);
        }
    }

    [Fact]
    public async Task The_public_key_is_no_shared_secret()
    {
        // The old confusion of algorithms: signed with HS256 and the public key's bytes.
        var key = SigningKey.Generate();
        var authority = Authority(key);
        var published = JsonNode.Parse(authority.Jwks())!["keys"]![0]!;
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(published.ToJsonString())) { KeyId = key.Id };
        var forged = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "visionstream",
            Audience = "visionstream",
            Expires = ManualTime.Start.AddHours(1).UtcDateTime,
            Claims = new Dictionary<string, object> { ["scope"] = "admin" },
            SigningCredentials = new SigningCredentials(secret, SecurityAlgorithms.HmacSha256),
        });
        Assert.Equal(TokenVerdict.Invalid, (await authority.VerifyAsync(forged)).Verdict);
    }

    [Fact]
    public async Task A_key_can_be_changed_without_a_break()
    {
        var (old, next) = (SigningKey.Generate(), Key("RS256"));
        var token = Authority(old).Issue("x", [Scope.Admin], TimeSpan.FromHours(1)).Text;
        var both = new TokenAuthority([next, old], new TokenOptions(), StreamGenerations.ByNameOnly, _time);
        Assert.Equal(TokenVerdict.Valid, (await both.VerifyAsync(token)).Verdict);
        Assert.Equal("RS256", new JsonWebToken(both.Issue("x", [Scope.Admin], TimeSpan.FromHours(1)).Text).Alg);
        Assert.Equal(TokenVerdict.Invalid, (await Authority(next).VerifyAsync(token)).Verdict);
    }

    [Fact]
    public void A_token_lasts_no_longer_than_allowed()
    {
        var token = Authority(SigningKey.Generate()).Issue("x", [Scope.Admin], TimeSpan.FromDays(900));
        Assert.Equal(ManualTime.Start.AddHours(24), token.ExpiresAt);
        Assert.DoesNotContain(token.Text, token.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin", "publish|,read|,playback|,api|,metrics|,pprof|")]
    [InlineData("publish:live/cam", "publish|live/cam,publish|live/cam-talk,read|live/cam-talk")]
    [InlineData("read:live/cam", "read|live/cam,playback|live/cam,read|live/cam-annotated,playback|live/cam-annotated,read|live/cam-talk,playback|live/cam-talk")]
    [InlineData("read:*", "read|,playback|")]
    [InlineData("publish:live/*", "publish|~^live/.*$,read|~^live/.*-talk$")]
    [InlineData("publish:*", "publish|,read|~^.*-talk$")]
    [InlineData("read:a.b*c", "read|~^a\\.b.*c$,playback|~^a\\.b.*c$,read|~^a\\.b.*c-annotated$,playback|~^a\\.b.*c-annotated$,read|~^a\\.b.*c-talk$,playback|~^a\\.b.*c-talk$")]
    [InlineData("publish:~.", "publish|~^~\\.$,publish|~^~\\.-talk$,read|~^~\\.-talk$")]
    public void MediaMTX_is_told_the_same_in_its_own_words(string scope, string expected)
    {
        var token = new JsonWebToken(Authority(SigningKey.Generate()).Issue("x", [Scoped(scope)], TimeSpan.FromHours(1)).Text);
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(token.EncodedPayload))!;
        var permissions = claims["mediamtx_permissions"]!.AsArray().Select(p => $"{p!["action"]}|{p["path"]}");
        Assert.Equal(expected.Split(','), permissions);
        Assert.Equal(scope, (string?)claims["scope"]);
    }

    [Theory]
    [InlineData("ES256", "EC", "crv,x,y")]
    [InlineData("RS256", "RSA", "n,e")]
    public async Task The_published_key_checks_tokens_and_holds_nothing_private(string kind, string type, string members)
    {
        var authority = Authority(Key(kind));
        var keys = JsonNode.Parse(authority.Jwks())!["keys"]!.AsArray();
        var key = Assert.Single(keys)!.AsObject();
        Assert.Equal(["kty", "use", "alg", "kid", .. members.Split(',')], key.Select(m => m.Key));
        Assert.Equal((type, "sig", kind), ((string?)key["kty"], (string?)key["use"], (string?)key["alg"]));

        var token = authority.Issue("x", [Scope.Admin], TimeSpan.FromHours(1)).Text;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(authority.Jwks()).GetSigningKeys(),
            ValidIssuer = "visionstream",
            ValidAudience = "visionstream",
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Fact]
    public void A_shared_secret_is_not_published() =>
        Assert.Equal("""{"keys":[]}""", Authority(Key("HS256")).Jwks());

    private static SigningKey Key(string kind)
    {
        switch (kind)
        {
            case "HS256":
                return SigningKey.OfSecret(RandomNumberGenerator.GetBytes(32));
            case "RS256":
                using (var rsa = RSA.Create(2048))
                {
                    return Parse(rsa.ExportPkcs8PrivateKeyPem());
                }

            default:
                using (var ec = ECDsa.Create(kind == "ES384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256))
                {
                    return Parse(ec.ExportPkcs8PrivateKeyPem());
                }
        }
    }

    private static SigningKey Parse(string pem) => SigningKey.TryParsePem(pem, out var key, out var error) ? key : throw new FormatException(error);

    private static Scope Scoped(string text) => Scope.TryParse(text, out var scope, out var error) ? scope : throw new FormatException(error);

    private TokenAuthority Authority(SigningKey key) => new([key], new TokenOptions(), StreamGenerations.ByNameOnly, _time);
}
