namespace VisionStream.Core.Detections;

/// <summary>One object found in a frame.</summary>
/// <param name="ClassId">The model's class number, from 0.</param>
/// <param name="Label">The class's name.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Box">Where, in pixels of the decoded (not letterboxed) frame, clipped to it.</param>
/// <param name="TrackId">The same for the same object from frame to frame; <see langword="null"/> without tracking.</param>
public readonly record struct Detection(int ClassId, string Label, float Confidence, BoundingBox Box, int? TrackId = null);
