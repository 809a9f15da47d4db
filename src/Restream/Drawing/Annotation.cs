using VisionStream.Core.Detections;

namespace VisionStream.Restream.Drawing;

/// <summary>One box as it is to be drawn.</summary>
/// <param name="ClassId">Chooses the colour.</param>
/// <param name="Label">The class's name.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Box">Where, in pixels of the picture that is drawn on.</param>
/// <param name="Opacity">0 to 1.</param>
internal readonly record struct Annotation(int ClassId, string Label, float Confidence, BoundingBox Box, float Opacity);
