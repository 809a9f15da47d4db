using VisionStream.Broadcaster.Messages;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Safe from any thread. One subscriber's outgoing side. At most one write is under way; whoever offers a frame while there is none
/// writes it himself, at once and on his own thread, which is the way of nearly all frames. Only while a write cannot be finished
/// do later frames wait in the bounded queue, and the task that awaits the write sends them on. The outbox holds one reference to
/// every frame it keeps and releases it when the frame is written or dropped.
/// </summary>
internal sealed class Outbox(Stream connection, int queueLength, TimeProvider time, FanOutCounters counters)
{
    /// <summary>The value of <see cref="StuckSince"/> while no write is stuck.</summary>
    public const long NotStuck = -1;

    private readonly Lock _gate = new();
    private readonly DroppingQueue<SharedFrame> _waiting = new(queueLength, static f => f.IsDroppable);
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SharedFrame? _last;
    private bool _writing;
    private long _stuckSince = NotStuck;
    private long _sent;
    private long _lost;
    private long _lostAndTold;
    private long _lostAndToldBefore;
    private bool _behind;
    private SharedFrame? _lagNotice;

    /// <summary>Done as soon as nothing but a close frame will follow.</summary>
    public Task Closing => _closing.Task;

    /// <summary>Done when the last write has ended; every frame is released then.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Messages written.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages dropped.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>
    /// Sends a frame, or lets it wait; the caller keeps his own reference. The result is <see langword="true"/> when this began an
    /// episode of dropping, which ends when the queue is empty again.
    /// </summary>
    public bool Offer(SharedFrame frame)
    {
        lock (_gate)
        {
            if (_closing.Task.IsCompleted)
            {
                return false;
            }

            frame.Keep();
            if (_writing)
            {
                return _waiting.Enqueue(frame) is { } dropped && Drop(dropped);
            }

            _writing = true;
        }

        Write(frame);
        return false;
    }

    /// <summary>Enters messages that were dropped before they came here.</summary>
    public void CountLost(long messages)
    {
        lock (_gate)
        {
            _lost += messages;
        }

        counters.CountLost(messages);
    }

    /// <summary>
    /// Whether losses are to be told: there are some, and no earlier notice still waits. Offer the notice through
    /// <see cref="OfferLag"/>.
    /// </summary>
    public bool NeedsLagNotice(out long lost, out long total)
    {
        lock (_gate)
        {
            total = _lost;
            lost = _lost - _lostAndTold;
            return lost > 0 && _lagNotice is null && !_closing.Task.IsCompleted;
        }
    }

    /// <summary>Sends the notice that <see cref="NeedsLagNotice"/> asked for.</summary>
    public void OfferLag(SharedFrame notice, long total)
    {
        lock (_gate)
        {
            (_lostAndToldBefore, _lostAndTold) = (_lostAndTold, total);
            _lagNotice = notice;
        }

        Offer(notice);
    }

    /// <summary>Since when a write has been stuck, as a timestamp of the clock; <see cref="NotStuck"/> when none is.</summary>
    public long StuckSince => Interlocked.Read(ref _stuckSince);

    /// <summary>
    /// Ends the outbox: what waits is dropped, and the close frame, whose reference is taken over, is the last to go out. Without
    /// one nothing more is written. Later calls do nothing.
    /// </summary>
    public void Close(SharedFrame? closeFrame)
    {
        SharedFrame? write = null;
        lock (_gate)
        {
            if (!_closing.TrySetResult())
            {
                closeFrame?.Release();
                return;
            }

            while (_waiting.TryDequeue(out var frame))
            {
                Drop(frame);
            }

            if (_writing)
            {
                _last = closeFrame;
                return;
            }

            _writing = true;
            write = closeFrame;
        }

        if (write is null)
        {
            _closed.TrySetResult();
        }
        else
        {
            Write(write);
        }
    }

    private void Write(SharedFrame? frame)
    {
        while (frame is not null)
        {
            ValueTask write;
            try
            {
                write = connection.WriteAsync(frame.Bytes);
                if (!write.IsCompleted)
                {
                    _ = WriteRestAsync(write, frame);
                    return;
                }

                write.GetAwaiter().GetResult();
            }
            catch (Exception)
            {
                Fail(frame);
                return;
            }

            frame = Next(frame);
        }
    }

    private async Task WriteRestAsync(ValueTask write, SharedFrame frame)
    {
        Interlocked.Exchange(ref _stuckSince, time.GetTimestamp());
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (Exception)
        {
            Fail(frame);
            return;
        }

        Interlocked.Exchange(ref _stuckSince, NotStuck);
        Write(Next(frame));
    }

    /// <summary>Enters a frame that was written, and says which follows.</summary>
    private SharedFrame? Next(SharedFrame written)
    {
        if (written.IsMessage)
        {
            Interlocked.Increment(ref _sent);
            counters.CountSent(written.Bytes.Length);
        }

        bool closed;
        SharedFrame? next;
        lock (_gate)
        {
            if (ReferenceEquals(written, _lagNotice))
            {
                _lagNotice = null;
            }

            closed = _closing.Task.IsCompleted;
            if (closed)
            {
                (next, _last) = (_last, null);
            }
            else if (!_waiting.TryDequeue(out next))
            {
                _writing = false;
                _behind = false;
            }
        }

        written.Release();
        if (closed && next is null)
        {
            _closed.TrySetResult();
        }

        return next;
    }

    /// <summary>The connection is gone: nothing can be written any more.</summary>
    private void Fail(SharedFrame frame)
    {
        lock (_gate)
        {
            _closing.TrySetResult();
            Drop(frame);
            _last?.Release();
            _last = null;
            while (_waiting.TryDequeue(out var waiting))
            {
                Drop(waiting);
            }
        }

        _closed.TrySetResult();
    }

    /// <summary>Releases a frame that will not be written, and counts it; whether it is the first of an episode.</summary>
    private bool Drop(SharedFrame frame)
    {
        var isNotice = ReferenceEquals(frame, _lagNotice);
        var isLoss = frame.IsMessage && !isNotice;
        frame.Release();
        if (isNotice)
        {
            _lagNotice = null;
            _lostAndTold = _lostAndToldBefore;
        }

        if (!isLoss)
        {
            return false;
        }

        _lost++;
        counters.CountLost(1);
        var first = !_behind;
        _behind = true;
        return first;
    }
}
