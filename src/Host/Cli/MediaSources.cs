using VisionStream.Host.Configuration;
using VisionStream.Ingest.Sources;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Cli;

/// <summary>Turns what users write for publish, relay and simulate into sources and targets, by the same rules as for streams.</summary>
internal static class MediaSources
{
    private const string Alsa = "alsa:";

    /// <summary>A source of pictures or packets.</summary>
    /// <exception cref="BadInputException">It is none, or it is not there.</exception>
    public static MediaSource Of(string text)
    {
        if (!SourceUrl.TryParse(text, out var source, out var problem) || (problem = source.FindProblem()) is not null)
        {
            throw new BadInputException(problem);
        }

        text = text.Trim();
        return source.Scheme switch
        {
            SourceScheme.File => MediaSource.OfFile(PathOf(text)),
            SourceScheme.Sdp => MediaSource.OfSession(PathOf(text)),
            SourceScheme.V4l2 => new MediaSource(text["v4l2:".Length..]) { InputFormat = "v4l2" },
            SourceScheme.Lavfi => new MediaSource(text["lavfi:".Length..]) { InputFormat = "lavfi" },
            _ => MediaSource.OfServer(source.IsListening ? text[..text.IndexOf('?', StringComparison.Ordinal)] : text, source.IsListening),
        };
    }

    /// <summary>A source of sound: as above, or <c>alsa:DEVICE</c>.</summary>
    /// <exception cref="BadInputException">It is none, or it is not there.</exception>
    public static MediaSource OfSound(string text) =>
        text.StartsWith(Alsa, StringComparison.OrdinalIgnoreCase) ? new MediaSource(text[Alsa.Length..]) { InputFormat = "alsa" } : Of(text);

    /// <summary>A target.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static TargetUrl Target(string text) =>
        TargetUrl.TryParse(text, out var target, out var error) ? target : throw new BadInputException(error);

    private static string PathOf(string text) =>
        text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? new Uri(text).LocalPath : text;
}
