namespace VisionStream.Host.Http;

/// <summary>What GET /v1/streams tells of one stream; written in snake_case.</summary>
internal sealed record StreamFacts
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its state, as in <c>status</c> messages.</summary>
    public required string State { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The publisher's present or last visit.</summary>
    public required string? Session { get; init; }

    /// <summary>Where it comes from, without secrets.</summary>
    public required string Source { get; init; }

    /// <summary>Width of the decoded frames in pixels, 0 before the first.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the decoded frames in pixels, 0 before the first.</summary>
    public required int Height { get; init; }

    /// <summary>The model's name.</summary>
    public required string? Model { get; init; }

    /// <summary>Detections a second that it is set to.</summary>
    public required double Fps { get; init; }

    /// <summary>Least confidence reported.</summary>
    public required double Confidence { get; init; }

    /// <summary>Classes reported; empty for all.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>What became of its frames.</summary>
    public required FrameFacts Frames { get; init; }

    /// <summary>How often the source was opened again.</summary>
    public required long Reconnects { get; init; }

    /// <summary>The annotated stream; <see langword="null"/> when there is none.</summary>
    public required AnnotatedFacts? Annotated { get; init; }

    /// <summary>Where it can be had, by protocol.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }
}
