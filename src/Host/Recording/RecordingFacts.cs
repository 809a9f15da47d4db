namespace VisionStream.Host.Recording;

/// <summary>One recording as it is told; written in snake_case. Immutable.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Duration">Its length in seconds; <see langword="null"/> when nobody tells.</param>
/// <param name="Bytes">Its size; <see langword="null"/> when MediaMTX has it.</param>
/// <param name="Url">Where it can be had as MP4, with the same key or token; <see langword="null"/> without a playback server.</param>
/// <param name="File">Its file's name; <see langword="null"/> when MediaMTX has it.</param>
internal sealed record RecordingFacts(DateTimeOffset Start, double? Duration, long? Bytes, string? Url, string? File);
