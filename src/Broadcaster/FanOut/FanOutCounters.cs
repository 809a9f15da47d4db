namespace VisionStream.Broadcaster.FanOut;

/// <summary>Safe from any thread. What all subscribers of the service had together since it started.</summary>
internal sealed class FanOutCounters
{
    private long _sent;
    private long _bytes;
    private long _lost;
    private long _closedSlow;

    /// <summary>Messages handed to connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>The bytes of their frames.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Messages that were dropped because a subscriber was slow.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Subscribers closed because they made no progress.</summary>
    public long ClosedSlow => Interlocked.Read(ref _closedSlow);

    /// <summary>Enters a message that went out.</summary>
    public void CountSent(int bytes)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Enters messages that were dropped.</summary>
    public void CountLost(long messages) => Interlocked.Add(ref _lost, messages);

    /// <summary>Enters a subscriber that was closed.</summary>
    public void CountClosedSlow() => Interlocked.Increment(ref _closedSlow);
}
