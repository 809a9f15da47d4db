using VisionStream.Core.Detections;

namespace VisionStream.Restream.Prediction;

/// <summary>Pure function, safe from any thread. How likely it is that two boxes of consecutive results show the same object.</summary>
internal static class BoxMatch
{
    // Two boxes that do not overlap may still be one fast object, if the centre moved by less than this share of the diagonal.
    private const float FarthestInDiagonals = 0.75f;

    // An object does not grow or shrink by more than this between two results.
    private const float LargestScale = 1.6f;

    /// <summary>
    /// 0 for "not the same", else the more the likelier: intersection over union, to which nearness of the centres adds, so that
    /// boxes that no longer overlap still find each other. Equal track ids settle it.
    /// </summary>
    public static float Score(in Detection before, in Detection now)
    {
        if (before.TrackId is { } old && now.TrackId is { } current)
        {
            return old == current ? float.MaxValue : 0;
        }

        if (before.ClassId != now.ClassId || !AreAlike(before.Box.Width, now.Box.Width) || !AreAlike(before.Box.Height, now.Box.Height))
        {
            return 0;
        }

        var x = before.Box.X + (before.Box.Width / 2) - now.Box.X - (now.Box.Width / 2);
        var y = before.Box.Y + (before.Box.Height / 2) - now.Box.Y - (now.Box.Height / 2);
        var diagonal = MathF.Sqrt((now.Box.Width * now.Box.Width) + (now.Box.Height * now.Box.Height));
        var distance = MathF.Sqrt((x * x) + (y * y)) / MathF.Max(1, diagonal);
        return distance >= FarthestInDiagonals ? 0 : before.Box.Iou(now.Box) + 1 - (distance / FarthestInDiagonals);
    }

    private static bool AreAlike(float a, float b) => MathF.Max(a, b) <= MathF.Max(1, MathF.Min(a, b)) * LargestScale;
}
