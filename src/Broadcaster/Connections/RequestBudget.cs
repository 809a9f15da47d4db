namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// Not safe for several threads. How much a subscriber may still send: a bucket that holds two seconds' worth and fills steadily.
/// </summary>
internal sealed class RequestBudget(int perSecond, TimeProvider time)
{
    private const double BurstSeconds = 2;

    private double _left = perSecond * BurstSeconds;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes one; <see langword="false"/> when there is none left.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(perSecond * BurstSeconds, _left + (time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
        _filledAt = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
