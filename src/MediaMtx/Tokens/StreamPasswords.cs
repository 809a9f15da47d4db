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

    // The last second that DateTimeOffset knows.
    private static readonly long LastEnd = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

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

    /// <summary>Looks at a presented password for a right on a stream. What comes with a stream comes with its password, see <see cref="Scope"/>.</summary>
    public TokenVerdict Verify(string password, AccessRight right, StreamName stream)
    {
        if (!TryRead(password, out var terms, out var mac))
        {
            return TokenVerdict.Invalid;
        }

        StreamName? owner = IsOurs(mac, terms.Head, stream) ? stream
            : AnnotatedName.TrySourceOf(stream, out var shown) && IsOurs(mac, terms.Head, shown) ? shown
            : TalkName.TrySourceOf(stream, out var heard) && IsOurs(mac, terms.Head, heard) ? heard
            : null;
        return owner is not { } name || !terms.Scopes(name).Any(s => s.Allows(right, stream)) ? TokenVerdict.Invalid : InForce(terms, name);
    }

    /// <summary>Looks at a presented password of which no stream is known: whether it is in force for one of those there are, and for which.</summary>
    internal TokenGrant Find(string password)
    {
        if (!TryRead(password, out var terms, out var mac))
        {
            return new TokenGrant(TokenVerdict.Invalid, "", []);
        }

        foreach (var stream in _generations.Streams)
        {
            if (IsOurs(mac, terms.Head, stream))
            {
                return InForce(terms, stream) == TokenVerdict.Valid
                    ? new TokenGrant(TokenVerdict.Valid, stream.Value, terms.Scopes(stream), DateTimeOffset.FromUnixTimeSeconds(terms.End))
                    : new TokenGrant(TokenVerdict.Expired, "", []);
            }
        }

        return new TokenGrant(TokenVerdict.Invalid, "", []);
    }

    private static bool TryRead(string password, out Terms terms, out byte[] mac)
    {
        (terms, mac) = (default, new byte[MacBytes]);
        if (!HasForm(password) || password.Split('-', 4) is not [_, { Length: > 1 } head, var mark, var code]
            || !long.TryParse(head.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var end) || end > LastEnd
            || Base64Url.DecodeFromChars(code, mac, out _, out var written) != OperationStatus.Done || written != MacBytes)
        {
            return false;
        }

        terms = new Terms(head[0], end, mark, $"{head}-{mark}");
        return true;
    }

    private TokenVerdict InForce(Terms terms, StreamName stream) =>
        terms.End > _time.GetUtcNow().ToUnixTimeSeconds() && terms.Mark == _generations.MarkOf(stream) ? TokenVerdict.Valid : TokenVerdict.Expired;

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

    /// <summary>What a password says.</summary>
    private readonly record struct Terms(char Rights, long End, string Mark, string Head)
    {
        public IReadOnlyList<Scope> Scopes(StreamName stream)
        {
            var only = NamePattern.Exactly(stream);
            return Rights switch
            {
                'b' => [new Scope(AccessRight.Publish, only), new Scope(AccessRight.Read, only)],
                'p' => [new Scope(AccessRight.Publish, only)],
                'r' => [new Scope(AccessRight.Read, only)],
                _ => [],
            };
        }
    }
}
