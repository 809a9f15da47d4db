using VisionStream.Core.Streams;

namespace VisionStream.Core.Detections;

/// <summary>What the feed last heard of a stream. Immutable.</summary>
/// <param name="Status">Its latest state.</param>
/// <param name="Model">The model that analyses it, once known.</param>
/// <param name="Newest">Its newest result, once there is one.</param>
public sealed record StreamSnapshot(StreamStatus Status, ModelInfo? Model, FrameDetections? Newest);
