using VisionStream.Core.Streams;

namespace VisionStream.Host.Pipelines;

/// <summary>
/// Safe from any thread. Lets one caller at a time work on a stream's name; other names do not wait. Keeps nothing of names that
/// nobody works on. Not reentrant.
/// </summary>
internal sealed class NameGates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StreamName, Entry> _entries = [];

    /// <summary>Waits for the name's turn.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Gives the turn to the next one when disposed, once.</returns>
    public async ValueTask<IDisposable> EnterAsync(StreamName name, CancellationToken cancel = default)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(name, out entry))
            {
                _entries[name] = entry = new Entry();
            }

            entry.Users++;
        }

        try
        {
            await entry.Turn.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            Leave(name, entry);
            throw;
        }

        return new Turn(this, name, entry);
    }

    private void Leave(StreamName name, Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Users == 0)
            {
                _entries.Remove(name);
                entry.Turn.Dispose();
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Turn(NameGates gates, StreamName name, Entry entry) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                entry.Turn.Release();
                gates.Leave(name, entry);
            }
        }
    }
}
