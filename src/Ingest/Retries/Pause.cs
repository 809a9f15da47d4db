namespace VisionStream.Ingest.Retries;

/// <summary>
/// For one waiting thread; <see cref="Stop"/> is safe from any. An interruptible wait in the time of a <see cref="TimeProvider"/>,
/// which allocates nothing, since a paced file waits once a frame.
/// </summary>
internal sealed class Pause : IDisposable
{
    private readonly ManualResetEvent _stopped = new(false);
    private readonly AutoResetEvent _due = new(false);
    private readonly WaitHandle[] _either;
    private readonly ITimer _timer;

    public Pause(TimeProvider time)
    {
        _either = [_stopped, _due];
        _timer = time.CreateTimer(static state => ((AutoResetEvent)state!).Set(), _due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool IsStopped => _stopped.WaitOne(0);

    /// <summary>Waits; false when it was stopped before the time was over.</summary>
    public bool Wait(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
        {
            return !IsStopped;
        }

        // A timer that fired for a wait that was stopped would end this one.
        _ = _due.Reset();
        _ = _timer.Change(duration, Timeout.InfiniteTimeSpan);
        return WaitHandle.WaitAny(_either) != 0;
    }

    /// <summary>Ends the wait in progress and all later ones at once.</summary>
    public void Stop() => _stopped.Set();

    /// <summary>Gives the timer and the events back; nobody may be waiting.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _stopped.Dispose();
        _due.Dispose();
    }
}
