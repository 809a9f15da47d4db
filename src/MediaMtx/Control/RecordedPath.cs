namespace VisionStream.MediaMtx.Control;

/// <summary>What MediaMTX has recorded of a path. Immutable.</summary>
/// <param name="Name">The path.</param>
/// <param name="SegmentStarts">When each file begins, oldest first.</param>
public sealed record RecordedPath(string Name, IReadOnlyList<DateTimeOffset> SegmentStarts);
