namespace VisionStream.Ingest.Retries;

/// <summary>
/// For one waiting thread; <see cref="Stop"/> and <see cref="Wake"/> are safe from any. An interruptible wait in the time of a <see cref="TimeProvider"/>,
/// which allocates nothing, since a paced file waits once a frame.
/// </summary>
internal sealed class Pause : IDisposable
{
    // The place of _woken in _any.
    private const int Woken = 2;

    private readonly ManualResetEvent _stopped = new(false);
    private readonly AutoResetEvent _due = new(false);
    private readonly AutoResetEvent _woken = new(false);
    private readonly WaitHandle[] _either;
    private readonly WaitHandle[] _any;
    private readonly ITimer _timer;
    private readonly Lock _waking = new();
    private bool _isDisposed;

    public Pause(TimeProvider time)
    {
        _either = [_stopped, _due];
        _any = [_stopped, _due, _woken];
        _timer = time.CreateTimer(static state => ((AutoResetEvent)state!).Set(), _due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool IsStopped => _stopped.WaitOne(0);

    /// <summary>Waits; false when it was stopped before the time was over.</summary>
    public bool Wait(TimeSpan duration) => Wait(duration, _either) != 0;

    /// <summary>Waits, at most until somebody wakes it or has done so since the last such wait; false when it was stopped.</summary>
    /// <param name="duration">How long at most.</param>
    /// <param name="isWoken">Whether it was woken before the time was over.</param>
    public bool WaitOrWake(TimeSpan duration, out bool isWoken)
    {
        var end = Wait(duration, _any);
        isWoken = end == Woken;
        if (isWoken)
        {
            // It would end a later wait.
            _ = _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        return end != 0;
    }

    /// <summary>Ends the <see cref="WaitOrWake"/> in progress, or else the next one; other waits go on.</summary>
    public void Wake()
    {
        lock (_waking)
        {
            if (!_isDisposed)
            {
                _woken.Set();
            }
        }
    }

    /// <summary>Makes a <see cref="Wake"/> that nobody has waited for undone.</summary>
    public void ForgetWake() => _woken.Reset();

    /// <summary>Ends the wait in progress and all later ones at once.</summary>
    public void Stop() => _stopped.Set();

    /// <summary>Gives the timer and the events back; nobody may be waiting.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _stopped.Dispose();
        _due.Dispose();
        lock (_waking)
        {
            _isDisposed = true;
            _woken.Dispose();
        }
    }

    private int Wait(TimeSpan duration, WaitHandle[] handles)
    {
        if (duration <= TimeSpan.Zero)
        {
            return IsStopped ? 0 : 1;
        }

        // A timer that fired for a wait that was stopped would end this one.
        _ = _due.Reset();
        _ = _timer.Change(duration, Timeout.InfiniteTimeSpan);
        return WaitHandle.WaitAny(handles);
    }
}
