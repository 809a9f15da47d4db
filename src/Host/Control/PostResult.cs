using VisionStream.Host.Pipelines;

namespace VisionStream.Host.Control;

/// <summary>The end of POST /v1/streams. Immutable.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Pipeline">The stream; <see langword="null"/> when it was not made.</param>
/// <param name="Sentence">Why not, and what to do; empty when all went well.</param>
internal readonly record struct PostResult(PostOutcome Outcome, StreamPipeline? Pipeline, string Sentence = "");
