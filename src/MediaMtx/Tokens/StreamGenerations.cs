using System.Security.Cryptography;
using System.Text;
using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Tokens;

/// <summary>
/// Safe from any thread when <paramref name="of"/> is. Tells the making of a stream from an earlier one of its name, so that what was
/// handed out for a stream ends with it although none of it is stored.
/// </summary>
/// <param name="of">
/// What a stream was made as: a text that is another one when it is made again and survives a restart with it; <see langword="null"/>
/// when there is no such stream.
/// </param>
/// <param name="all">The streams that there are: those of which <paramref name="of"/> knows something.</param>
public sealed class StreamGenerations(Func<StreamName, string?> of, Func<IEnumerable<StreamName>> all)
{
    // Two generations of one name meet by chance once in 2^32, and nobody can choose them.
    private const int MarkBytes = 4;

    /// <summary>Any stream is there and always was: what is handed out goes by the name alone, and nobody can say which ones there are.</summary>
    public static StreamGenerations ByNameOnly { get; } = new(_ => "", () => []);

    /// <summary>The streams that there are.</summary>
    internal IEnumerable<StreamName> Streams => all();

    /// <summary>A short mark of a stream's present generation, 8 hexadecimal digits; <see langword="null"/> when there is no such stream.</summary>
    public string? MarkOf(StreamName stream) =>
        of(stream) is { } generation ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(generation)).AsSpan(0, MarkBytes)) : null;
}
