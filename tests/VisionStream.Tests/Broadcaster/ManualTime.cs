namespace VisionStream.Tests.Broadcaster;

/// <summary>
/// Safe from any thread. A clock that moves when the test says so, and fires what is due while it moves. Its frequency is odd on
/// purpose: code that takes a timestamp for ticks or nanoseconds fails with it.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _elapsed = TimeSpan.FromHours(1);
    private int _fired;
    private int _changes;

    public static DateTimeOffset Start { get; } = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => 12_345_678;

    public int Timers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>How often a timer has fired.</summary>
    public int Fired => Volatile.Read(ref _fired);

    /// <summary>How often a timer was set anew after it had been made, as a periodic one is with each new period.</summary>
    public int Changes => Volatile.Read(ref _changes);

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return (long)((decimal)_elapsed.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Start + (_elapsed - TimeSpan.FromHours(1));
        }
    }

    /// <summary>Moves on, second by second, firing timers on this thread.</summary>
    public void Advance(TimeSpan by)
    {
        while (by > TimeSpan.Zero)
        {
            var step = by < TimeSpan.FromSeconds(1) ? by : TimeSpan.FromSeconds(1);
            by -= step;
            ManualTimer[] due;
            lock (_gate)
            {
                _elapsed += step;
                due = [.. _timers.Where(t => t.IsDue(_elapsed))];
            }

            foreach (var timer in due)
            {
                Interlocked.Increment(ref _fired);
                timer.Fire();
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Set(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _due;
        private TimeSpan _period;

        public bool IsDue(TimeSpan elapsed)
        {
            if (_due > elapsed)
            {
                return false;
            }

            if (_period > TimeSpan.Zero)
            {
                _due = elapsed + _period;
            }
            else
            {
                clock._timers.Remove(this);
            }

            return true;
        }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Set(dueTime, period);
            Interlocked.Increment(ref clock._changes);
            return true;
        }

        public void Set(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    (_due, _period) = (clock._elapsed + dueTime, period);
                    clock._timers.Add(this);
                }
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
