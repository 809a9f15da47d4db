namespace VisionStream.Host.Pipelines;

/// <summary>
/// Safe from any thread. Counts those who read a stream's frames beside its pipeline, such as a request for a picture, so that the
/// ring ends after the last of them.
/// </summary>
internal sealed class ReaderGate
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _readers;
    private bool _closed;

    /// <summary>Comes in; false when the gate has closed. Every true wants one <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _readers += _closed ? 0 : 1;
            return !_closed;
        }
    }

    /// <summary>Goes out.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_readers == 0 && _closed)
            {
                _empty.SetResult();
            }
        }
    }

    /// <summary>Lets nobody in any more and waits until the last one has left.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                if (_readers == 0)
                {
                    _empty.SetResult();
                }
            }
        }

        return _empty.Task;
    }
}
