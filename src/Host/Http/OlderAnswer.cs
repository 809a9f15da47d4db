namespace VisionStream.Host.Http;

/// <summary>What the older control API answers to a command. Immutable.</summary>
/// <param name="Success">Whether it was done.</param>
/// <param name="Message">What was done, or why not.</param>
internal sealed record OlderAnswer(bool Success, string Message)
{
    /// <summary>The stream; <see langword="null"/> when none was found.</summary>
    public string? Stream { get; init; }

    /// <summary>Whether its annotated video is sent now.</summary>
    public bool Streaming { get; init; }

    /// <summary>After /api/snapshot: where the picture is to be had anew.</summary>
    public string? Url { get; init; }

    /// <summary>After /api/snapshot: the picture as a <c>data:</c> URL.</summary>
    public string? Image { get; init; }
}
