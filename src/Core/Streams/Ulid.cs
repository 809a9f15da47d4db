using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VisionStream.Core.Streams;

/// <summary>
/// Makes ULIDs: 26 characters of Crockford's base 32, of which the first 10 hold the milliseconds since 1970 and the last 16
/// hold 80 random bits, so that later ones sort after earlier ones. Layout: the ULID specification (github.com/ulid/spec).
/// </summary>
public static class Ulid
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new ULID whose time part is the clock's present time. Safe from any thread.</summary>
    public static string Create(TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        var random = BinaryPrimitives.ReadUInt128BigEndian(bytes) & ((UInt128.One << 80) - 1);
        var value = ((UInt128)(ulong)time.GetUtcNow().ToUnixTimeMilliseconds() << 80) | random;
        return string.Create(26, value, static (text, v) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Alphabet[(int)(v & 31)];
                v >>= 5;
            }
        });
    }
}
