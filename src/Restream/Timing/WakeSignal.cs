namespace VisionStream.Restream.Timing;

/// <summary>One thread waits, any thread sets. A wait that ends when something happens or a time has passed, by a given clock.</summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly AutoResetEvent _event = new(initialState: false);
    private readonly ITimer _timer;

    /// <param name="time">The clock of the time-outs.</param>
    public WakeSignal(TimeProvider time) =>
        _timer = time.CreateTimer(static s => ((WakeSignal)s!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the wait in progress, or the next one.</summary>
    public void Set()
    {
        try
        {
            _event.Set();
        }
        catch (ObjectDisposedException)
        {
            // A timer or a watcher that was already on its way; nobody waits any more.
        }
    }

    /// <summary>Waits until <see cref="Set"/> or the time has passed; may also end for a time-out of a wait before.</summary>
    public void Wait(TimeSpan timeout)
    {
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        _event.WaitOne();
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until the time has passed or the token is cancelled, whatever is set meanwhile.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Its cancellation has to set this signal.</param>
    public void Pause(TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && duration - time.GetElapsedTime(start) is { } left && left > TimeSpan.Zero)
        {
            Wait(left);
        }
    }

    /// <summary>Frees timer and event; nobody may be waiting.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _event.Dispose();
    }
}
