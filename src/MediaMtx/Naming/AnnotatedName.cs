using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Naming;

/// <summary>
/// Stateless. The annotated video of <c>live/glasses</c> is the path <c>live/glasses-annotated</c>: it is never analysed itself, and
/// whoever may see the stream may see it.
/// </summary>
public static class AnnotatedName
{
    /// <summary>What the path of an annotated video ends with.</summary>
    public const string Suffix = "-annotated";

    /// <summary>Whether a path is an annotated video's.</summary>
    public static bool Is(StreamName name) => name.Value.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>The path of a stream's annotated video; <see langword="false"/> when it would be longer than a name may be.</summary>
    public static bool TryOf(StreamName stream, out StreamName annotated) => StreamName.TryParse(stream.Value + Suffix, out annotated, out _);

    /// <summary>The stream whose annotated video this is, or <see langword="false"/>.</summary>
    public static bool TrySourceOf(StreamName annotated, out StreamName source)
    {
        source = default;
        return Is(annotated) && StreamName.TryParse(annotated.Value[..^Suffix.Length], out source, out _);
    }
}
