namespace VisionStream.MediaMtx.Discovery;

/// <summary>How paths are found and let go. Immutable; <see cref="Validate"/> says what is wrong with it.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>Which paths are picked up (default: none).</summary>
    public IReadOnlyList<PathRule> Rules { get; init; } = [];

    /// <summary>How often MediaMTX is asked (default: 1 s).</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is asked while it does not answer, reached by doubling (default: 10 s).</summary>
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a path is kept after its publisher left (default: 120 s; smart glasses try for up to 113 s to come back).
    /// </summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long after a failed attachment it is tried again (default: 30 s).</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Paths attached at once; further ones wait (default: 64).</summary>
    public int MaxPaths { get; init; } = 64;

    /// <summary>All that is wrong, one sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Within(nameof(Interval), Interval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Within(nameof(LongestInterval), LongestInterval, Interval, TimeSpan.FromMinutes(10));
        Within(nameof(Hold), Hold, TimeSpan.Zero, TimeSpan.FromDays(1));
        Within(nameof(RetryAfter), RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (MaxPaths < 1)
        {
            errors.Add($"Discovery:{nameof(MaxPaths)} is {MaxPaths}; it has to be 1 or more.");
        }

        foreach (var rule in Rules.Where(r => string.IsNullOrWhiteSpace(r.Profile)))
        {
            errors.Add($"Discovery:{nameof(Rules)} names no profile for '{rule.Pattern}'.");
        }

        return errors;

        void Within(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                errors.Add($"Discovery:{key} is {value}; it has to be from {least} to {most}.");
            }
        }
    }
}
