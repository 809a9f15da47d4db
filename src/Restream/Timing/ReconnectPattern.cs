namespace VisionStream.Restream.Timing;

/// <summary>How often and how soon a lost connection is tried again. Immutable.</summary>
public sealed record ReconnectPattern
{
    /// <summary>Every second at first, then more slowly, up to every ten seconds, without end.</summary>
    public static readonly ReconnectPattern Forever = new();

    /// <summary>The wait before the first attempt (default: 1 s).</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much each wait is longer than the one before; 1 or more (default: 1.5).</summary>
    public double Factor { get; init; } = 1.5;

    /// <summary>The longest wait, without <see cref="Recovery"/> (default: 10 s).</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What every wait is longer by, beside the growth; zero or more (default: zero).</summary>
    public TimeSpan Recovery { get; init; }

    /// <summary>Attempts before it is given up; <see langword="null"/> for no end (default: null).</summary>
    public int? Attempts { get; init; }

    /// <summary>The wait before an attempt, counted from 1; <see langword="null"/> when there have been enough.</summary>
    public TimeSpan? Before(int attempt)
    {
        if (attempt > Attempts)
        {
            return null;
        }

        // In seconds and as a double, so that a late attempt cannot overflow.
        var wait = First.TotalSeconds * Math.Pow(Factor, attempt - 1);
        return Recovery + (wait < Longest.TotalSeconds ? TimeSpan.FromSeconds(wait) : Longest);
    }

    /// <summary>What is wrong with it, a sentence each; empty when all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (First <= TimeSpan.Zero || Longest < First)
        {
            yield return $"Reconnect: the waits go from {First} to {Longest}; the first has to be positive and the longest no shorter.";
        }

        if (Recovery < TimeSpan.Zero)
        {
            yield return $"Reconnect: every wait is longer by {Recovery}; zero or more is allowed.";
        }

        if (Factor is not (>= 1 and <= 10))
        {
            yield return $"Reconnect: the factor is {Factor}; it has to be 1 to 10.";
        }

        if (Attempts < 1)
        {
            yield return $"Reconnect: {Attempts} attempts; leave it out for no end, or give 1 or more.";
        }
    }
}
