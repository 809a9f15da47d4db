using VisionStream.Host.Configuration;
using VisionStream.Ingest.Sources;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Pipelines;

/// <summary>What was asked for, checked as far as that goes without opening anything. Immutable.</summary>
/// <param name="Source">Where the stream comes from.</param>
/// <param name="Annotation">How and where its annotated video goes; <see langword="null"/> for nowhere.</param>
internal sealed record StreamPlan(SourceUrl Source, AnnotationOptions? Annotation)
{
    /// <summary>Checks.</summary>
    /// <exception cref="BadInputException">It cannot be done; the message says why and what to do.</exception>
    public static StreamPlan Of(StreamOptions options, MediaServer? server)
    {
        var url = options.Url ?? (server ?? throw NoServer(options, "it has no URL")).ReadUrl(options.Name);
        if (!SourceUrl.TryParse(url, out var source, out var error) || (error = source.FindProblem()) is not null)
        {
            throw new BadInputException($"{options.Name}: {error}");
        }

        if (!options.Annotate)
        {
            return new StreamPlan(source, null);
        }

        var to = options.AnnotateTo ?? (server ?? throw NoServer(options, "its annotated video has no URL to go to")).AnnotatedUrl(options.Name);
        if (!TargetUrl.TryParse(to, out var target, out error))
        {
            throw new BadInputException($"{options.Name}: {error}");
        }

        var annotation = new AnnotationOptions { Target = target, Information = true, Audio = options.Audio, Video = options.Video };
        return annotation.Validate() is { Count: > 0 } errors
            ? throw new BadInputException($"{options.Name}: {string.Join(' ', errors)}")
            : new StreamPlan(source, annotation);
    }

    private static BadInputException NoServer(StreamOptions options, string what) =>
        new($"{options.Name}: {what}, and no MediaMTX is configured; give one, or start with --mediamtx http://127.0.0.1:9997.");
}
