namespace VisionStream.EndToEnd.Peers;

/// <summary>What a <see cref="TcpProxy"/> does to the bytes that pass. Thread-safe.</summary>
internal sealed class TcpProxyFaults
{
    // A fixed seed: two runs of a test spoil alike, as far as the network lets them.
    private readonly Random _random = new(20261121);
    private readonly Lock _gate = new();
    private volatile TaskCompletionSource? _stalled;
    private volatile int _spoilOneByteIn;

    /// <summary>Distance of spoiled bytes on average; 0 spoils none.</summary>
    public int SpoilOneByteIn
    {
        get => _spoilOneByteIn;
        set => _spoilOneByteIn = value;
    }

    public void Stall()
    {
        lock (_gate)
        {
            _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Resume()
    {
        lock (_gate)
        {
            _stalled?.SetResult();
            _stalled = null;
        }
    }

    /// <summary>Ends when bytes may pass.</summary>
    public Task PassAsync(CancellationToken cancellation) => _stalled?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;

    public void Spoil(Span<byte> bytes)
    {
        if (_spoilOneByteIn is not (> 0 and var distance))
        {
            return;
        }

        lock (_gate)
        {
            for (var i = _random.Next(2 * distance); i < bytes.Length; i += 1 + _random.Next(2 * distance))
            {
                bytes[i] ^= (byte)(1 << _random.Next(8));
            }
        }
    }
}
