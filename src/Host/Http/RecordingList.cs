using VisionStream.Host.Recording;

namespace VisionStream.Host.Http;

/// <summary>What GET /v1/streams/{name}/recordings answers; written in snake_case. Immutable.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="By">Who records it.</param>
/// <param name="Recordings">Oldest first.</param>
internal sealed record RecordingList(string Stream, string By, IReadOnlyList<RecordingFacts> Recordings);
