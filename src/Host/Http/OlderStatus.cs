namespace VisionStream.Host.Http;

/// <summary>What GET /api/status answers. Immutable; everything after <see cref="Streams"/> is about the stream that was asked for, or the only one.</summary>
/// <param name="Success">Always yes: failures are answered otherwise.</param>
/// <param name="Streams">The names of all streams that the caller may read.</param>
internal sealed record OlderStatus(bool Success, IReadOnlyList<string> Streams)
{
    /// <summary>The stream; <see langword="null"/> when there is none, or several and none was named.</summary>
    public string? Stream { get; init; }

    /// <summary>Its state, as in <c>status</c> messages; empty without one.</summary>
    public string State { get; init; } = "";

    /// <summary>Whether its annotated video is sent.</summary>
    public bool Streaming { get; init; }

    /// <summary>Whether it is recorded.</summary>
    public bool Recording { get; init; }

    /// <summary>Lines of the annotated video, such as <c>480p</c>; <c>source</c> for those of the source.</summary>
    public string Resolution { get; init; } = "source";

    /// <summary>Most frames a second of the annotated video; <see langword="null"/> for those of the source.</summary>
    public double? Framerate { get; init; }

    /// <summary>Where it is to be had, by protocol.</summary>
    public IReadOnlyDictionary<string, string> Urls { get; init; } = new Dictionary<string, string>();
}
