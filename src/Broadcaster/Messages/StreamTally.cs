namespace VisionStream.Broadcaster.Messages;

/// <summary>Safe from any thread. What became of the messages about one stream, for all subscribers together.</summary>
internal sealed class StreamTally
{
    private StreamTally? _heir;
    private long _sent;
    private long _bytes;
    private long _lost;

    /// <summary>Messages handed to connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>The bytes of their frames.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Messages that were dropped because a subscriber was slow.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Enters a message that went out.</summary>
    public void CountSent(int bytes)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _bytes, bytes);
        HandOn();
    }

    /// <summary>Enters messages that were dropped.</summary>
    public void CountLost(long messages)
    {
        Interlocked.Add(ref _lost, messages);
        HandOn();
    }

    /// <summary>Closes this one: its counts, and those of messages that are still on their way, go to another that has no heir itself.</summary>
    public void GoInto(StreamTally heir)
    {
        Volatile.Write(ref _heir, heir);
        HandOn();
    }

    // Counting comes before the look at the heir, and naming the heir before the look at the counts; the interlocked operations keep both
    // orders, so that one of the two sees the other and nothing stays behind.
    private void HandOn()
    {
        if (Volatile.Read(ref _heir) is { } heir)
        {
            Interlocked.Add(ref heir._sent, Interlocked.Exchange(ref _sent, 0));
            Interlocked.Add(ref heir._bytes, Interlocked.Exchange(ref _bytes, 0));
            Interlocked.Add(ref heir._lost, Interlocked.Exchange(ref _lost, 0));
        }
    }
}
