namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// The lines that a process has written to one stream.
/// Thread-safe: one thread adds, any number read and wait. It keeps everything until the test ends.
/// </summary>
public sealed class LineLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _ended;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>A copy of the lines from <paramref name="start"/> on.</summary>
    public IReadOnlyList<string> Lines(int start = 0)
    {
        lock (_gate)
        {
            return _lines[Math.Min(start, _lines.Count)..];
        }
    }

    /// <summary>The first line from <paramref name="start"/> on that matches, or null when the stream ended without one.</summary>
    public async Task<string?> FirstAsync(Func<string, bool> matches, int start, CancellationToken cancellation)
    {
        for (var next = start; ;)
        {
            Task changed;
            bool ended;
            IReadOnlyList<string> unseen;
            lock (_gate)
            {
                unseen = Lines(next);
                ended = _ended;
                changed = _changed.Task;
            }

            if (unseen.FirstOrDefault(matches) is { } found)
            {
                return found;
            }

            if (ended)
            {
                return null;
            }

            next += unseen.Count;
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>Appends a line; null says that the stream has ended.</summary>
    internal void Add(string? line)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (line is null)
            {
                _ended = true;
            }
            else
            {
                _lines.Add(line);
            }

            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
