using VisionStream.Core.Detections;

namespace VisionStream.Tests.Detector.Models;

/// <summary>One entry of the shared files of expected detections.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Score">Its score.</param>
/// <param name="Box">Corners x1, y1, x2, y2 in source pixels.</param>
internal sealed record ExpectedDetection(string Class, float Score, float[] Box)
{
    /// <summary>The IoU and the difference in score of the found detection of this class that fits best; (0, score) when there is none.</summary>
    public (float Iou, float Score) Match(IReadOnlyList<Detection> found) => found
        .Where(d => d.Label == Class)
        .Select(d => (Iou: d.Box.Iou(new BoundingBox(Box[0], Box[1], Box[2] - Box[0], Box[3] - Box[1])), Score: Math.Abs(d.Confidence - Score)))
        .DefaultIfEmpty((0, Score))
        .MaxBy(m => m.Item1 - (m.Item2 / 100));
}
