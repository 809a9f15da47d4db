namespace VisionStream.Host.Http;

/// <summary>What GET /v1/streams answers.</summary>
/// <param name="Streams">The streams that the caller may read, by name.</param>
internal sealed record StreamList(IReadOnlyList<StreamFacts> Streams);
