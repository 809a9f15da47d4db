using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Models;
using VisionStream.MediaMtx.Addresses;

namespace VisionStream.Host.Control;

/// <summary>The body of POST /v1/streams. Immutable; fields that are left out mean what the service's configuration says.</summary>
internal sealed record StreamRequest
{
    /// <summary>The stream's name, which is its path on MediaMTX. One of a single segment and without <see cref="Url"/> gets <c>live/</c> in front.</summary>
    public string? Name { get; init; }

    /// <summary>Where it comes from; left out: MediaMTX's path of its name.</summary>
    public string? Url { get; init; }

    /// <summary>A model that is in use already, by its name, or an ONNX file.</summary>
    public string? Model { get; init; }

    /// <summary>Class names, or <c>animals</c>; empty for all.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Least confidence reported, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>Detections a second, 0.1 to 60.</summary>
    public double? Fps { get; init; }

    /// <summary>What becomes of the annotated video: false, true for MediaMTX's path NAME-annotated, or a URL.</summary>
    public AnnotateWish? Annotate { get; init; }

    /// <summary>Whether a file starts again when it ends.</summary>
    public bool? Loop { get; init; }

    /// <summary>Seconds until the stream is deleted unless it is posted again, 1 to 2,592,000 (30 days); left out: never.</summary>
    public double? Ttl { get; init; }

    /// <summary>The name that the stream gets.</summary>
    /// <exception cref="BadInputException">It is no name.</exception>
    public StreamName StreamName()
    {
        if (!Core.Streams.StreamName.TryParse(Name, out var name, out var error))
        {
            throw new BadInputException(error);
        }

        // Smart glasses and RTMP publishers in general need two segments, and the name is the path.
        return Url is null ? StreamAddresses.WithTwoSegments(name) : name;
    }

    /// <summary>What is wrong with it, a sentence each; empty when all is well so far. Names of models and URLs are looked at later.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!Core.Streams.StreamName.TryParse(Name, out _, out var error))
        {
            errors.Add($"name: {error}");
        }

        if (Url is not null && string.IsNullOrWhiteSpace(Url))
        {
            errors.Add("url: it is empty; leave it out for MediaMTX's path of the stream's name.");
        }

        if (Ttl is not (null or (>= 1 and <= 2_592_000)))
        {
            errors.Add("ttl: 1 to 2592000 seconds are possible.");
        }

        return [.. errors, .. Changes().Validate()];
    }

    /// <summary>The stream as it is asked for.</summary>
    /// <param name="defaults">What counts where nothing is said.</param>
    /// <param name="models">The models by name.</param>
    /// <exception cref="BadInputException">There is no such model, or none at all.</exception>
    public StreamOptions ToOptions(AnalysisOptions defaults, KnownModels models)
    {
        var options = Changes().Apply(new StreamOptions { Name = StreamName(), Url = Url, Analysis = defaults, Loop = Loop ?? false }, models);
        return options.Analysis.Model.Length > 0
            ? options
            : throw new BadInputException("model: the service has no model of its own; name one that is in use, or an ONNX file.");
    }

    /// <summary>Whether a stream has everything that is said here.</summary>
    public bool Fits(StreamOptions options, KnownModels models) =>
        Url == options.Url
        && (Loop is null || Loop == options.Loop)
        && (Model is null || models.Find(Model) is { } model && FileOf(model.Path) == FileOf(options.Analysis.Model))
        && (Classes is null || Classes.SequenceEqual(options.Analysis.Classes))
        && (Confidence is null || Confidence == options.Analysis.Confidence)
        && (Fps is null || Fps == options.Analysis.Fps)
        && (Annotate is null || (Annotate.Wanted == options.Annotate && (Annotate.Url is null || Annotate.Url == options.AnnotateTo)));

    /// <summary>What it says beside name and address.</summary>
    public StreamPatch Changes() => new() { Model = Model, Classes = Classes, Confidence = Confidence, Fps = Fps, Annotate = Annotate };

    private static string FileOf(string model) => Path.GetFullPath(ModelLibrary.Default.Locate(model));
}
