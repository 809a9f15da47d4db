using VisionStream.Broadcaster.Messages;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Not safe for several threads; the <see cref="Outbox"/> that owns it holds its lock. What waits for one subscriber, what it lost,
/// and what will be the last it gets. It lies apart from the outbox because most subscribers never need it: sending to them touches
/// that much less memory.
/// </summary>
internal sealed class Backlog(int queueLength, FanOutCounters counters)
{
    private readonly DroppingQueue<SharedFrame> _waiting = new(queueLength, static f => f.IsDroppable);
    private SharedFrame? _last;
    private SharedFrame? _lagNotice;
    private long _lostAndTold;
    private long _lostAndToldBefore;
    private bool _noticeWaits;
    private bool _isBehind;

    /// <summary>Messages dropped.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether nothing but a close frame may follow.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Enters messages that were dropped before they came here.</summary>
    public void CountLost(long messages, StreamTally tally)
    {
        Lost += messages;
        tally.CountLost(messages);
    }

    /// <summary>
    /// Lets a frame wait, whose reference it takes over. The result is <see langword="true"/> when this began an episode of
    /// dropping, which ends when all that waited is sent.
    /// </summary>
    public bool Add(SharedFrame frame)
    {
        _noticeWaits |= ReferenceEquals(frame, _lagNotice);
        var isLoss = _waiting.Enqueue(frame) is { } dropped && Drop(dropped);
        var isFirst = isLoss && !_isBehind;
        _isBehind |= isLoss;
        return isFirst;
    }

    /// <summary>Takes the next frame out, with its reference.</summary>
    public SharedFrame? Next()
    {
        if (_waiting.TryDequeue(out var next))
        {
            _noticeWaits &= !ReferenceEquals(next, _lagNotice);
            return next;
        }

        _isBehind = false;
        (next, _last) = (_last, null);
        return next;
    }

    /// <summary>Drops what waits; after that only <paramref name="last"/> follows, whose reference it takes over.</summary>
    public void Close(SharedFrame? last)
    {
        IsClosed = true;
        while (_waiting.TryDequeue(out var frame))
        {
            Drop(frame);
        }

        _last?.Release();
        _last = last;
    }

    /// <summary>Whether losses are to be told: there are some, and no earlier notice still waits.</summary>
    public bool NeedsLagNotice(out long lost, out long total)
    {
        total = Lost;
        lost = Lost - _lostAndTold;
        return lost > 0 && !_noticeWaits && !IsClosed;
    }

    /// <summary>Says that a notice which tells all losses up to <paramref name="total"/> is on its way.</summary>
    public void LagNoticeGoesOut(SharedFrame notice, long total)
    {
        (_lostAndToldBefore, _lostAndTold) = (_lostAndTold, total);
        _lagNotice = notice;
    }

    /// <summary>Releases a frame that will not be written; whether that is a loss.</summary>
    public bool Drop(SharedFrame frame)
    {
        var isNotice = ReferenceEquals(frame, _lagNotice);
        var isLoss = frame.IsMessage && !isNotice;
        frame.Release();
        if (isNotice)
        {
            _noticeWaits = false;
            _lostAndTold = _lostAndToldBefore;
        }

        if (isLoss)
        {
            CountLost(1, frame.Tally ?? counters.Others);
        }

        return isLoss;
    }
}
