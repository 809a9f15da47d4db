namespace VisionStream.Host.Http;

/// <summary>The body of POST /v1/streams/{name}/recording. Immutable.</summary>
internal sealed record RecordingRequest
{
    /// <summary><c>start</c> or <c>stop</c>.</summary>
    public string? Action { get; init; }
}
