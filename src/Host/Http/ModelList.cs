namespace VisionStream.Host.Http;

/// <summary>What GET /v1/models answers.</summary>
/// <param name="Models">The models, by name.</param>
internal sealed record ModelList(IReadOnlyList<ModelFacts> Models);
