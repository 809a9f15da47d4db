namespace VisionStream.Tests;

/// <summary>Counts what is allocated in steady state.</summary>
internal static class SteadyState
{
    private const int Rounds = 5;

    /// <summary>
    /// Managed bytes that the calling thread allocates in one round of <paramref name="round"/> when it is warm: the least of five rounds
    /// after two. What a round allocates by itself shows in each of them; what the runtime allocates once, while it compiles a
    /// method anew for example, does not.
    /// </summary>
    public static long Allocation(Action round)
    {
        round();
        round();
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
