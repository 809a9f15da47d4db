namespace VisionStream.MediaMtx.Recording;

/// <summary>One recorded stretch of a stream. Immutable.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Duration">How long it is; <see langword="null"/> when no playback server tells.</param>
/// <param name="Link">Where it can be had as MP4, or <see langword="null"/> when no playback server answers or is offered. It holds no credentials.</param>
public sealed record RecordedSegment(DateTimeOffset Start, TimeSpan? Duration, string? Link);
