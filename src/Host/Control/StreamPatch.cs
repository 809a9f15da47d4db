using VisionStream.Host.Configuration;

namespace VisionStream.Host.Control;

/// <summary>The body of PATCH /v1/streams/{name}. Immutable; fields that are left out stay as they are.</summary>
internal sealed record StreamPatch
{
    // No model knows more, and no label is longer.
    private const int MostClasses = 1000;
    private const int LongestClass = 100;

    /// <summary>Another model: one that is in use already, by its name, or an ONNX file. Reading goes on meanwhile.</summary>
    public string? Model { get; init; }

    /// <summary>Class names, or <c>animals</c>; empty for all.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Least confidence reported, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>Detections a second, 0.1 to 60.</summary>
    public double? Fps { get; init; }

    /// <summary>What becomes of the annotated video: false, a URL, or true for where it went before, at first MediaMTX's path NAME-annotated.</summary>
    public AnnotateWish? Annotate { get; init; }

    /// <summary>Height of the annotated video in pixels, 32 to 8192, its width follows from the source's shape; 0 for the source's size.</summary>
    public int? AnnotatedHeight { get; init; }

    /// <summary>Most frames a second of the annotated video, 1 to 120; 0 for all that the source has.</summary>
    public double? AnnotatedFps { get; init; }

    /// <summary>What is wrong with it, a sentence each; empty when all is well so far.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(Model is null || !string.IsNullOrWhiteSpace(Model), "model: it is empty.");
        Check(Confidence is null or (>= 0 and <= 1), "confidence: 0 to 1 are possible.");
        Check(Fps is null or (>= 0.1 and <= 60), "fps: 0.1 to 60 detections a second are possible.");
        Check(AnnotatedHeight is null or 0 or (>= 32 and <= 8192), "annotated_height: 32 to 8192 pixels are possible, and 0 for the source's size.");
        Check(AnnotatedFps is null or 0 or (>= 1 and <= 120), "annotated_fps: 1 to 120 frames a second are possible, and 0 for the source's rate.");
        Check(Annotate is not { Wanted: true } wish || wish.Url is null || !string.IsNullOrWhiteSpace(wish.Url), "annotate: the URL is empty.");
        Check(
            Classes is null || (Classes.Count <= MostClasses && Classes.All(c => !string.IsNullOrWhiteSpace(c) && c.Length <= LongestClass)),
            $"classes: at most {MostClasses} names are possible, none of them empty or longer than {LongestClass} characters.");
        return errors;

        void Check(bool isRight, string error)
        {
            if (!isRight)
            {
                errors.Add(error);
            }
        }
    }

    /// <summary>The stream with these changes.</summary>
    /// <exception cref="BadInputException">There is no such model.</exception>
    public StreamOptions Apply(StreamOptions options, KnownModels models)
    {
        var analysis = options.Analysis;
        if (Model is not null)
        {
            var (path, labels) = models.Find(Model) ?? throw new BadInputException($"model: {models.Unknown(Model)}");
            analysis = analysis with { Model = path, Labels = labels };
        }

        return options with
        {
            Analysis = analysis with
            {
                Classes = Classes ?? analysis.Classes,
                Confidence = Confidence ?? analysis.Confidence,
                Fps = Fps ?? analysis.Fps,
            },
            Annotate = Annotate?.Wanted ?? options.Annotate,

            // Switched off and on again it goes where it went.
            AnnotateTo = Annotate?.Url ?? options.AnnotateTo,
            Video = options.Video with
            {
                // A configured width would pull the picture out of shape.
                Width = AnnotatedHeight is null ? options.Video.Width : null,
                Height = AnnotatedHeight switch { null => options.Video.Height, 0 => null, _ => AnnotatedHeight },
                FrameRate = AnnotatedFps switch { null => options.Video.FrameRate, 0 => null, _ => AnnotatedFps },
            },
        };
    }

    /// <summary>This and what comes later, as one change.</summary>
    public StreamPatch Then(StreamPatch later) => new()
    {
        Model = later.Model ?? Model,
        Classes = later.Classes ?? Classes,
        Confidence = later.Confidence ?? Confidence,
        Fps = later.Fps ?? Fps,
        Annotate = later.Annotate ?? Annotate,
        AnnotatedHeight = later.AnnotatedHeight ?? AnnotatedHeight,
        AnnotatedFps = later.AnnotatedFps ?? AnnotatedFps,
    };
}
