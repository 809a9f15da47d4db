using VisionStream.MediaMtx.Keys;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Tests.MediaMtx.Keys;

public class ApiKeyTests
{
    [Fact]
    public void A_generated_key_is_found_by_its_secret_and_kept_as_a_hash_only()
    {
        var key = ApiKey.Generate("robot", [Scope.Admin], out var secret);
        Assert.Matches("^vsk_[0-9a-f]{64}$", secret);
        Assert.DoesNotContain(secret[4..], key.Hash, StringComparison.Ordinal);
        var ring = new ApiKeyRing([key]);
        Assert.Same(key, ring.Find(secret));
        Assert.Null(ring.Find(secret + "0"));
        Assert.Null(ring.Find(key.Hash));
        Assert.Null(ring.Find(""));
    }

    [Fact]
    public void A_hash_in_a_configuration_stands_for_its_secret()
    {
        // echo -n correct-horse-battery | sha256sum
        const string Hash = "sha256:62249369389075490555a758353aec61500c6218fa597252d52dc4bd0148f12d";
        Assert.True(ApiKey.TryParse("a", "correct-horse-battery", ["admin"], out var bySecret, out _));
        Assert.True(ApiKey.TryParse("b", bySecret.Hash, ["read:*", "publish:live/*"], out var byHash, out _));
        Assert.NotNull(new ApiKeyRing([byHash]).Find("correct-horse-battery"));
        Assert.Equal(["read:*", "publish:live/*"], byHash.Scopes.Select(s => s.ToString()));
        Assert.Equal(Hash, bySecret.Hash);
    }

    [Theory]
    [InlineData("", "0123456789abcdef", "admin", "no name")]
    [InlineData("a", "0123456789abcde", "admin", "could be guessed")]
    [InlineData("a", null, "admin", "could be guessed")]
    [InlineData("a", "sha256:12", "admin", "hexadecimal")]
    [InlineData("a", "sha256:zz", "admin", "hexadecimal")]
    [InlineData("a", "0123456789abcdef", "write:x", "is no scope")]
    public void What_is_wrong_with_a_key_is_said_without_its_secret(string name, string? secret, string scope, string expected)
    {
        Assert.False(ApiKey.TryParse(name, secret, [scope], out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.True(secret is null || !error.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_without_scopes_is_refused() => Assert.False(ApiKey.TryParse("a", "0123456789abcdef", [], out _, out _));

    [Fact]
    public void Keys_come_and_go_by_name()
    {
        var ring = new ApiKeyRing([ApiKey.Generate("a", [Scope.Admin], out var first)]);
        ring.Set(ApiKey.Generate("a", [Scope.Admin], out var second));
        Assert.Null(ring.Find(first));
        Assert.NotNull(ring.Find(second));
        Assert.Equal(1, ring.Count);
        Assert.True(ring.Remove("a"));
        Assert.False(ring.Remove("a"));
        Assert.Null(ring.Find(second));
    }

    [Fact]
    public void Two_keys_of_one_name_are_refused()
    {
        var key = ApiKey.Generate("a", [Scope.Admin], out _);
        Assert.Throws<ArgumentException>(() => new ApiKeyRing([key, key]));
    }
}
