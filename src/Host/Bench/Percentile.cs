namespace VisionStream.Host.Bench;

/// <summary>Order statistics of what a bench measured.</summary>
internal static class Percentile
{
    /// <summary>The least value that a share of them does not exceed (nearest rank); NaN when there are none.</summary>
    /// <param name="rising">The values in rising order.</param>
    /// <param name="share">0 to 1.</param>
    public static double Of(IReadOnlyList<double> rising, double share) =>
        rising.Count == 0 ? double.NaN : rising[Math.Clamp((int)Math.Ceiling(rising.Count * share) - 1, 0, rising.Count - 1)];
}
