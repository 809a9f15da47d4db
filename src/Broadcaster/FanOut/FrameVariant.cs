using VisionStream.Broadcaster.Subscriptions;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>What tells the bytes of one event for one subscriber from those for another. Immutable.</summary>
/// <param name="Filter">Which detections are in.</param>
/// <param name="IsDeflated">Whether results are compressed.</param>
internal readonly record struct FrameVariant(DetectionFilter Filter, bool IsDeflated);
