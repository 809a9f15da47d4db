namespace VisionStream.Host.Http;

/// <summary>A stream as the API tells it; written in snake_case. Only the answer to its creation has secrets in it.</summary>
internal sealed record StreamFacts
{
    /// <summary>A ULID that it keeps for its life.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Who asked for it: <c>configured</c>, <c>posted</c> or <c>discovered</c>.</summary>
    public required string Origin { get; init; }

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

    /// <summary>What the model knows, by class; empty before it is loaded.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

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

    /// <summary>Where it is published; <see langword="null"/> when it is read from a URL of its own.</summary>
    public required PublishFacts? Publish { get; init; }

    /// <summary>Where its own video is to be watched; <see langword="null"/> when it does not come from MediaMTX.</summary>
    public required WatchFacts? Watch { get; init; }

    /// <summary>Where a browser sends its microphone by WHIP, which is MediaMTX's path NAME-talk; <see langword="null"/> as above, and for
    /// whom may not publish there.</summary>
    public required string? Talk { get; init; }

    /// <summary>Where its detections are to be had.</summary>
    public required string Ws { get; init; }

    /// <summary>
    /// After its creation: a token that reads and publishes it, for HTTP, WebSocket and MediaMTX; <see langword="null"/> while access is
    /// open, and in every other answer.
    /// </summary>
    public required string? Token { get; init; }

    /// <summary>When the token ends; <see langword="null"/> without one.</summary>
    public required DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>When the stream is deleted unless it is posted again; <see langword="null"/> for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>All addresses in one list, for a person to copy from.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }
}
