using VisionStream.Host.Configuration;
using VisionStream.Ingest.Sources;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Cli;

/// <summary>Turns what users write for publish, relay and simulate into sources and targets, by the same rules as for streams.</summary>
internal static class MediaSources
{
    private const string Alsa = "alsa:";

    /// <summary>A source of pictures or packets.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="video">What a camera is asked for; <see langword="null"/> leaves it as it is.</param>
    /// <exception cref="BadInputException">It is none, or it is not there.</exception>
    public static MediaSource Of(string text, VideoEncoding? video = null)
    {
        if (!SourceUrl.TryParse(text, out var source, out var problem) || (problem = source.FindProblem()) is not null)
        {
            throw new BadInputException(problem);
        }

        return source.Scheme switch
        {
            SourceScheme.File => new MediaSource(source.Address),
            SourceScheme.Sdp => MediaSource.OfSession(source.Address),
            SourceScheme.V4l2 => MediaSource.OfCamera(source.Address, video ?? new VideoEncoding()),
            SourceScheme.Lavfi => new MediaSource(source.Address) { InputFormat = "lavfi" },
            _ => source.IsListening ? MediaSource.OfPublisher(source.Address) : MediaSource.OfServer(source.Address),
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
}
