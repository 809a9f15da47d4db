using System.Diagnostics;

namespace VisionStream.Host.Bench;

/// <summary>
/// Safe from any thread. Notes for each message number when the first and the last connection had it, and how many had it.
/// </summary>
/// <param name="firstSequence">The first number of interest; lower ones are not noted.</param>
/// <param name="messages">How many numbers from there on are of interest.</param>
internal sealed class FanoutTally(long firstSequence, int messages)
{
    private readonly long[] _first = [.. Enumerable.Repeat(long.MaxValue, messages)];
    private readonly long[] _last = new long[messages];
    private readonly int[] _count = new int[messages];
    private long _bytes;

    /// <summary>Enters the arrival of a message at one connection.</summary>
    public void Arrived(long sequence, int bytes)
    {
        var index = sequence - firstSequence;
        if (index < 0 || index >= messages)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        InterlockedMin(ref _first[index], now);
        InterlockedMax(ref _last[index], now);
        Interlocked.Increment(ref _count[index]);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Arrivals entered.</summary>
    public long Delivered => _count.Sum(c => (long)c);

    /// <summary>Their bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether so many connections have had every message.</summary>
    public bool IsComplete(int connections) => Array.TrueForAll(_count, c => c >= connections);

    /// <summary>Milliseconds from first to last, sorted, of the messages that at least two connections had.</summary>
    public double[] Spreads() =>
    [
        .. Enumerable.Range(0, messages)
            .Where(i => _count[i] > 1)
            .Select(i => Stopwatch.GetElapsedTime(_first[i], _last[i]).TotalMilliseconds)
            .Order(),
    ];

    private static void InterlockedMin(ref long target, long value)
    {
        var seen = Volatile.Read(ref target);
        while (value < seen && Interlocked.CompareExchange(ref target, value, seen) is var now && now != seen)
        {
            seen = now;
        }
    }

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var now && now != seen)
        {
            seen = now;
        }
    }
}
