using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Naming;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Tokens;

/// <summary>
/// Safe from any thread. Short passwords for one stream, 46 characters, since a JWT does not fit everywhere: SRT's stream identifier
/// holds 512 characters, and a publisher's URL is often copied by hand. Nothing is stored: a password is a MAC over its rights, its
/// end, the stream's generation and the stream's name. It ends with the stream: one made later under the name has another generation.
/// </summary>
/// <remarks>Form: <c>vs-RIGHTSEND-GENERATION-MAC</c>; RIGHTS is <c>r</c>, <c>p</c> or <c>b</c> (both), END the Unix time, GENERATION the
/// mark of <see cref="StreamGenerations"/>, MAC the first 16 bytes of an HMAC-SHA-256 in base64url. Letters that no URL form has to
/// escape.</remarks>
public sealed class StreamPasswords
{
    private const string Prefix = "vs-";
    private const int MacBytes = 16;

    // In place of the mark of a stream that is not there; it is nobody's mark.
    private const string Gone = "gone";

    private readonly byte[][] _keys;
    private readonly StreamGenerations _generations;
    private readonly TimeProvider _time;

    /// <summary>Makes passwords with the first key and accepts those of any.</summary>
    public StreamPasswords(IReadOnlyList<SigningKey> keys, StreamGenerations generations, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count);
        (_keys, _generations, _time) = ([.. keys.Select(k => k.Derive("VisionStream stream password 2"))], generations, time);
    }

    /// <summary>Makes a password for publishing a stream, for reading it, or for both; for a stream that is not there it opens nothing.</summary>
    /// <exception cref="ArgumentException">Neither right is given.</exception>
    public IssuedToken Issue(StreamName stream, bool publish, bool read, TimeSpan lifetime)
    {
        var rights = (publish, read) switch
        {
            (true, true) => 'b',
            (true, false) => 'p',
            (false, true) => 'r',
            _ => throw new ArgumentException("A password has to be for something.", nameof(publish)),
        };
        var expires = DateTimeOffset.FromUnixTimeSeconds((_time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var head = string.Create(CultureInfo.InvariantCulture, $"{rights}{expires.ToUnixTimeSeconds()}-{_generations.MarkOf(stream) ?? Gone}");
        return new IssuedToken($"{Prefix}{head}-{Base64Url.EncodeToString(Mac(_keys[0], head, stream))}", expires);
    }

    /// <summary>Whether a text has the form of a password.</summary>
    public static bool HasForm(string text) => text.Length < 64 && text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Looks at a presented password for a right on a stream. One for a stream reads its annotated video too.</summary>
    public TokenVerdict Verify(string password, AccessRight right, StreamName stream)
    {
        if (!HasForm(password) || password.Split('-', 4) is not [_, { Length: > 1 } terms, var mark, var code])
        {
            return TokenVerdict.Invalid;
        }

        var mac = new byte[MacBytes];
        if (!long.TryParse(terms.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            || Base64Url.DecodeFromChars(code, mac, out _, out var written) != OperationStatus.Done || written != MacBytes)
        {
            return TokenVerdict.Invalid;
        }

        var head = $"{terms}-{mark}";
        StreamName? owner = IsOurs(mac, head, stream) ? stream
            : right == AccessRight.Read && AnnotatedName.TrySourceOf(stream, out var source) && IsOurs(mac, head, source) ? source
            : null;
        var allowed = (terms[0], right) is ('b', AccessRight.Read or AccessRight.Publish) or ('r', AccessRight.Read) or ('p', AccessRight.Publish);
        return owner is not { } name || !allowed ? TokenVerdict.Invalid
            : end > _time.GetUtcNow().ToUnixTimeSeconds() && mark == _generations.MarkOf(name) ? TokenVerdict.Valid
            : TokenVerdict.Expired;
    }

    private static byte[] Mac(byte[] key, string head, StreamName stream) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{head}\n{stream}"))[..MacBytes];

    private bool IsOurs(byte[] mac, string head, StreamName stream)
    {
        var found = false;
        foreach (var key in _keys)
        {
            found |= CryptographicOperations.FixedTimeEquals(mac, Mac(key, head, stream));
        }

        return found;
    }
}
