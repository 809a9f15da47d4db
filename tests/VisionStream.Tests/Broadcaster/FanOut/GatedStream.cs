namespace VisionStream.Tests.Broadcaster.FanOut;

/// <summary>Safe from any thread. A connection whose writes finish when the test lets them, and which records what was written.</summary>
internal sealed class GatedStream : MemoryStream
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _written = [];
    private TaskCompletionSource? _stuck;

    public bool IsStuck
    {
        get
        {
            lock (_gate)
            {
                return _stuck is not null && !_stuck.Task.IsCompleted;
            }
        }
    }

    public IReadOnlyList<byte[]> Written
    {
        get
        {
            lock (_gate)
            {
                return [.. _written];
            }
        }
    }

    public int MostWritesAtOnce { get; private set; }

    private int _writes;

    /// <summary>From now on writes stay under way.</summary>
    public void Stop() => _stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the write under way and all later ones finish.</summary>
    public void Go()
    {
        var stuck = _stuck;
        _stuck = null;
        stuck?.SetResult();
    }

    /// <summary>Fails the write under way.</summary>
    public void Break() => _stuck!.SetException(new IOException("The connection broke."));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        MostWritesAtOnce = Math.Max(MostWritesAtOnce, Interlocked.Increment(ref _writes));
        if (_stuck is { } stuck)
        {
            await stuck.Task;
        }

        lock (_gate)
        {
            // After the wait, so that a frame given back too early shows as wrong bytes.
            _written.Add(buffer.ToArray());
        }

        Interlocked.Decrement(ref _writes);
    }
}
