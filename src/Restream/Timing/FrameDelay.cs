namespace VisionStream.Restream.Timing;

/// <summary>How long one frame took to its annotated packet, which is handed to the target's connection.</summary>
/// <param name="SinceDecoded">Since the decoder gave the frame out: what the annotated stream adds.</param>
/// <param name="SinceArrived">Since the frame's packet came from the source.</param>
public readonly record struct FrameDelay(TimeSpan SinceDecoded, TimeSpan SinceArrived);
