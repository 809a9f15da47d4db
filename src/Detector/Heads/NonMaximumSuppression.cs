namespace VisionStream.Detector.Heads;

/// <summary>Greedy, class-aware non-maximum suppression.</summary>
internal static class NonMaximumSuppression
{
    /// <summary>
    /// Goes through the candidates by falling score and drops those whose intersection over union with a kept one of the same class is
    /// above <paramref name="iou"/>. Works in place: the kept ones move to the front, in order.
    /// </summary>
    /// <param name="candidates">Sorted by falling score.</param>
    /// <param name="iou">0 to 1.</param>
    /// <param name="most">Stops when so many are kept.</param>
    /// <returns>How many were kept.</returns>
    public static int Run(Span<Candidate> candidates, float iou, int most)
    {
        var kept = 0;
        for (var i = 0; i < candidates.Length && kept < most; i++)
        {
            if (!Overlaps(candidates[..kept], candidates[i], iou))
            {
                candidates[kept++] = candidates[i];
            }
        }

        return kept;
    }

    private static bool Overlaps(ReadOnlySpan<Candidate> kept, in Candidate candidate, float iou)
    {
        var area = Area(candidate);
        foreach (ref readonly var other in kept)
        {
            if (other.ClassId != candidate.ClassId)
            {
                continue;
            }

            var width = MathF.Min(other.Right, candidate.Right) - MathF.Max(other.Left, candidate.Left);
            var height = MathF.Min(other.Bottom, candidate.Bottom) - MathF.Max(other.Top, candidate.Top);
            var intersection = MathF.Max(0, width) * MathF.Max(0, height);

            // IoU > t without the division; boxes without area overlap nothing.
            if (intersection > iou * (area + Area(other) - intersection) && intersection > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static float Area(in Candidate box) => (box.Right - box.Left) * (box.Bottom - box.Top);
}
