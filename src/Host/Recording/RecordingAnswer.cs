using VisionStream.Ingest.Recording;

namespace VisionStream.Host.Recording;

/// <summary>What became of a request to record, and how the recording stands. Immutable.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Sentence">Why it was not done; empty when it was.</param>
/// <param name="By">Who records: <c>mediamtx</c> or <c>visionstream</c>.</param>
/// <param name="IsOn">Whether the stream is recorded now, or will be when pictures come.</param>
/// <param name="Own">The recording that is written here; <see langword="null"/> when MediaMTX records.</param>
internal sealed record RecordingAnswer(RecordingOutcome Outcome, string Sentence, string By, bool IsOn, RecordingStatus? Own = null);
