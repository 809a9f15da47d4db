namespace VisionStream.Host.Http;

/// <summary>A model that a stream can be given.</summary>
/// <param name="Name">Its name, as in PATCH /v1/streams/{name}.</param>
/// <param name="Bundled">Whether it came with the program.</param>
internal sealed record ModelFacts(string Name, bool Bundled);
