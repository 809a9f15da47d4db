using VisionStream.Core.Streams;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Encoding;

namespace VisionStream.Host.Configuration;

/// <summary>One stream to watch. Immutable; every default is the one of <see cref="ServeOptions.Defaults"/> unless the stream says otherwise.</summary>
internal sealed record StreamOptions
{
    /// <summary>Name and MediaMTX path, for example <c>live/glasses</c>.</summary>
    public required StreamName Name { get; init; }

    /// <summary>
    /// Where it comes from; see docs/sources.md for the forms. <see langword="null"/>: MediaMTX's path of the stream's name.
    /// </summary>
    public required string? Url { get; init; }

    /// <summary>How it is analysed.</summary>
    public required AnalysisOptions Analysis { get; init; }

    /// <summary>Whether a file starts again when it ends (default: no).</summary>
    public bool Loop { get; init; }

    /// <summary>Whether the video is sent on with its boxes (default: no).</summary>
    public bool Annotate { get; init; }

    /// <summary>Where the annotated video goes; <see langword="null"/> for MediaMTX's path NAME-annotated (default: there).</summary>
    public string? AnnotateTo { get; init; }

    /// <summary>What becomes of the sound in the annotated video (default: copied where the target takes it).</summary>
    public AudioMode Audio { get; init; } = AudioMode.Copy;

    /// <summary>How the annotated video is coded (default: the source's size and rate).</summary>
    public VideoEncoding Video { get; init; } = new();
}
