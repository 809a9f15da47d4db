using VisionStream.Broadcaster.Messages;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Safe from any thread. One subscriber's outgoing side. At most one write is under way; whoever offers a frame while there is none
/// writes it himself, at once and on his own thread, which is the way of nearly all frames. Only while a write cannot be finished
/// do later frames wait in the bounded backlog, and the task that awaits the write sends them on. The outbox holds one reference to
/// every frame it keeps and releases it when the frame is written or dropped.
/// </summary>
/// <remarks>
/// <code>
/// _state      Idle: nothing is being written and nothing waits.   Writing: one thread, the writer, has the connection.
/// _hasBacklog 1: the writer has to look into the backlog, under its lock, before it may rest.
/// </code>
/// Who adds to the backlog sets the flag first and then tries to become the writer; the writer rests first and then looks at the
/// flag. Both orders are kept by interlocked operations, so at least one of the two sees the other, and no frame stays behind.
/// </remarks>
internal sealed class Outbox(Stream connection, int queueLength, TimeProvider time, FanOutCounters counters)
{
    /// <summary>The value of <see cref="StuckSince"/> while no write is stuck.</summary>
    public const long NotStuck = -1;

    private const int Idle = 0;
    private const int Writing = 1;

    private readonly Backlog _backlog = new(queueLength, counters);
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _stuckSince = NotStuck;
    private long _sent;
    private int _state;
    private int _hasBacklog;

    /// <summary>Done as soon as nothing but a close frame will follow.</summary>
    public Task Closing => _closing.Task;

    /// <summary>Done when the last write has ended; every frame is released then.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Messages written.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Since when a write has been stuck, as a timestamp of the clock; <see cref="NotStuck"/> when none is.</summary>
    public long StuckSince => Interlocked.Read(ref _stuckSince);

    /// <summary>Messages dropped.</summary>
    public long Lost
    {
        get
        {
            lock (_backlog)
            {
                return _backlog.Lost;
            }
        }
    }

    /// <summary>
    /// Sends a frame, or lets it wait; the caller keeps his own reference. The result is <see langword="true"/> when this began an
    /// episode of dropping, which ends when all that waited is sent.
    /// </summary>
    public bool Offer(SharedFrame frame)
    {
        var isWriter = Interlocked.CompareExchange(ref _state, Writing, Idle) == Idle;
        if (isWriter && Volatile.Read(ref _hasBacklog) == 0)
        {
            Write(frame.Keep());
            return false;
        }

        var isFirstLoss = Wait(frame);
        if (isWriter)
        {
            // The writer before had rested, and an earlier frame that came in that moment still waits: it goes first.
            Write(NextFromBacklog());
        }
        else
        {
            WriteBacklog();
        }

        return isFirstLoss;
    }

    /// <summary>Enters messages that were dropped before they came here.</summary>
    public void CountLost(long messages, StreamTally tally)
    {
        lock (_backlog)
        {
            _backlog.CountLost(messages, tally);
        }
    }

    /// <summary>
    /// Whether losses are to be told: there are some, and no earlier notice still waits. Offer the notice through
    /// <see cref="OfferLag"/>.
    /// </summary>
    public bool NeedsLagNotice(out long lost, out long total)
    {
        lock (_backlog)
        {
            return _backlog.NeedsLagNotice(out lost, out total);
        }
    }

    /// <summary>Sends the notice that <see cref="NeedsLagNotice"/> asked for.</summary>
    public void OfferLag(SharedFrame notice, long total)
    {
        lock (_backlog)
        {
            _backlog.LagNoticeGoesOut(notice, total);
        }

        Offer(notice);
    }

    /// <summary>
    /// Ends the outbox: what waits is dropped, and the close frame, whose reference is taken over, is the last to go out. Without
    /// one nothing more is written. Later calls do nothing.
    /// </summary>
    public void Close(SharedFrame? closeFrame)
    {
        if (!CloseBacklog(closeFrame))
        {
            closeFrame?.Release();
            return;
        }

        WriteBacklog();
    }

    private bool Wait(SharedFrame frame)
    {
        lock (_backlog)
        {
            return !_backlog.IsClosed && _backlog.Add(frame.Keep());
        }
    }

    /// <summary>Becomes the writer if there is none, for the sake of what was put into the backlog or of its end.</summary>
    private void WriteBacklog()
    {
        Interlocked.Exchange(ref _hasBacklog, 1);
        if (Interlocked.CompareExchange(ref _state, Writing, Idle) == Idle)
        {
            Write(NextFromBacklog());
        }
    }

    /// <summary>Writes a frame and what follows it; the caller is the writer and hands the role over.</summary>
    private void Write(SharedFrame? frame)
    {
        while (frame is not null)
        {
            try
            {
                var write = connection.WriteAsync(frame.Bytes);
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

    /// <summary>Enters a frame that was written, and says which follows; without one the caller is the writer no more.</summary>
    private SharedFrame? Next(SharedFrame written)
    {
        if (written.IsMessage)
        {
            Interlocked.Increment(ref _sent);
            (written.Tally ?? counters.Others).CountSent(written.Bytes.Length);
        }

        written.Release();
        return NextFromBacklog();
    }

    private SharedFrame? NextFromBacklog()
    {
        do
        {
            if (Volatile.Read(ref _hasBacklog) != 0)
            {
                lock (_backlog)
                {
                    if (_backlog.Next() is { } next)
                    {
                        return next;
                    }

                    if (_backlog.IsClosed)
                    {
                        // The writer never rests again, so that no later frame gets past the close frame.
                        _closed.TrySetResult();
                        return null;
                    }

                    Interlocked.Exchange(ref _hasBacklog, 0);
                }
            }

            Interlocked.Exchange(ref _state, Idle);
        }
        while (Volatile.Read(ref _hasBacklog) != 0 && Interlocked.CompareExchange(ref _state, Writing, Idle) == Idle);
        return null;
    }

    /// <summary>The connection is gone: nothing can be written any more. The caller stays the writer for ever.</summary>
    private void Fail(SharedFrame frame)
    {
        lock (_backlog)
        {
            _backlog.Drop(frame);
            _backlog.Close(null);
        }

        _closing.TrySetResult();
        _closed.TrySetResult();
    }

    private bool CloseBacklog(SharedFrame? closeFrame)
    {
        lock (_backlog)
        {
            if (_backlog.IsClosed)
            {
                return false;
            }

            _backlog.Close(closeFrame);
        }

        _closing.TrySetResult();
        return true;
    }
}
