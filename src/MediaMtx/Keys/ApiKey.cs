using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Keys;

/// <summary>
/// A long-lived key of one caller: its name, which may be logged, the SHA-256 of its secret, which is all that is kept of it, and
/// what it may do. Immutable.
/// </summary>
/// <remarks>
/// A plain SHA-256 is enough for secrets that nobody can guess, as those of <see cref="Generate"/> are; shorter ones are refused.
/// </remarks>
public sealed class ApiKey
{
    /// <summary>The shortest secret taken.</summary>
    public const int ShortestSecret = 16;

    // Says what a string found in a log or a repository is.
    private const string SecretPrefix = "vsk_";
    private const string HashPrefix = "sha256:";

    private readonly byte[] _hash;

    private ApiKey(string name, byte[] hash, IReadOnlyList<Scope> scopes) => (Name, _hash, Scopes) = (name, hash, scopes);

    /// <summary>Whose key it is.</summary>
    public string Name { get; }

    /// <summary>What it may do.</summary>
    public IReadOnlyList<Scope> Scopes { get; }

    /// <summary>The form for a configuration, <c>sha256:</c> and 64 hexadecimal digits, which nobody can turn back into the secret.</summary>
    public string Hash => HashPrefix + Convert.ToHexStringLower(_hash);

    /// <summary>Makes a key with a new secret of 256 random bits, which is told this once.</summary>
    public static ApiKey Generate(string name, IReadOnlyList<Scope> scopes, out string secret)
    {
        secret = SecretPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return new ApiKey(name, HashOf(secret), scopes);
    }

    /// <summary>Reads a key as it stands in a configuration; <paramref name="error"/> is a sentence without the secret.</summary>
    /// <param name="name">Whose key it is.</param>
    /// <param name="secretOrHash">The secret, or <c>sha256:</c> and the hexadecimal SHA-256 of its UTF-8 bytes.</param>
    /// <param name="scopes">What it may do, for example <c>publish:live/*</c>.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryParse(
        string? name, string? secretOrHash, IEnumerable<string> scopes, [NotNullWhen(true)] out ApiKey? key, [NotNullWhen(false)] out string? error)
    {
        (key, error) = (null, null);
        var parsed = new List<Scope>();
        foreach (var text in scopes)
        {
            if (!Scope.TryParse(text, out var scope, out error))
            {
                return false;
            }

            parsed.Add(scope);
        }

        byte[]? hash = null;
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
        {
            error = "A key has no name; give one that says whose it is.";
        }
        else if (parsed.Count == 0)
        {
            error = $"The key '{name}' has no scopes; give some of admin, publish:NAME and read:NAME.";
        }
        else if (secretOrHash?.StartsWith(HashPrefix, StringComparison.Ordinal) == true)
        {
            hash = FromHex(secretOrHash[HashPrefix.Length..]);
            error = hash is null ? $"The hash of the key '{name}' is not 64 hexadecimal digits." : null;
        }
        else if (secretOrHash is null || secretOrHash.Length < ShortestSecret)
        {
            error = $"The key '{name}' is shorter than {ShortestSecret} characters and could be guessed.";
        }
        else
        {
            hash = HashOf(secretOrHash);
        }

        key = hash is null ? null : new ApiKey(name!, hash, parsed);
        return key is not null;
    }

    /// <summary>The SHA-256 of a secret.</summary>
    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether the hash of a presented secret is this key's; takes the same time whatever the answer.</summary>
    internal bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);

    private static byte[]? FromHex(string text)
    {
        try
        {
            return Convert.FromHexString(text) is { Length: SHA256.HashSizeInBytes } bytes ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
