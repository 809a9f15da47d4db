using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Naming;

/// <summary>
/// Stateless. What the viewers of <c>live/glasses</c> say goes by the path <c>live/glasses-talk</c>: whoever may publish the stream may
/// speak and listen there, whoever may read it may listen.
/// </summary>
public static class TalkName
{
    /// <summary>What such a path ends with.</summary>
    public const string Suffix = "-talk";

    /// <summary>The path of a stream; <see langword="false"/> when it would be longer than a name may be.</summary>
    public static bool TryOf(StreamName stream, out StreamName talk) => StreamName.TryParse(stream.Value + Suffix, out talk, out _);

    /// <summary>The stream whose path this is, or <see langword="false"/>.</summary>
    public static bool TrySourceOf(StreamName talk, out StreamName source)
    {
        source = default;
        return talk.Value.EndsWith(Suffix, StringComparison.Ordinal) && StreamName.TryParse(talk.Value[..^Suffix.Length], out source, out _);
    }
}
