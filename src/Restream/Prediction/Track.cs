using VisionStream.Core.Detections;

namespace VisionStream.Restream.Prediction;

/// <summary>A detection of the newest result and how it moves: the change of its box in pixels a millisecond.</summary>
/// <param name="Detection">As it was found.</param>
/// <param name="Speed">Change of each of the box's four numbers, in pixels a millisecond; zero for an object seen for the first time.</param>
internal readonly record struct Track(Detection Detection, BoundingBox Speed)
{
    /// <summary>Where the box is expected <paramref name="milliseconds"/> after it was found.</summary>
    public BoundingBox After(float milliseconds)
    {
        var box = Detection.Box;
        return new BoundingBox(
            box.X + (Speed.X * milliseconds),
            box.Y + (Speed.Y * milliseconds),
            MathF.Max(1, box.Width + (Speed.Width * milliseconds)),
            MathF.Max(1, box.Height + (Speed.Height * milliseconds)));
    }
}
