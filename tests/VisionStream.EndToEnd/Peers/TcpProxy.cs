using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// A bad network between a client and a server: passes bytes both ways, and can hold them back, cut all connections,
/// refuse new ones, and spoil what the server sends. Thread-safe.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, FreePort.Next());
    private readonly ConcurrentDictionary<TcpProxyConnection, Task> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private int _accepted;

    /// <summary>Listens at once.</summary>
    /// <param name="target">The server's port on 127.0.0.1; it need not listen yet: clients are then cut off.</param>
    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections made since the start, refused ones included.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether new connections are closed at once (default: false).</summary>
    public bool Refusing { get; set; }

    internal TcpProxyFaults Faults { get; } = new();

    /// <summary>Holds back all bytes, both ways; connections stay open.</summary>
    public void Stall() => Faults.Stall();

    /// <summary>Lets bytes pass again, those held back first.</summary>
    public void Resume() => Faults.Resume();

    /// <summary>Flips one bit in about one of <paramref name="bytes"/> bytes that the server sends; 0 ends it.</summary>
    public void SpoilOneByteIn(int bytes) => Faults.SpoilOneByteIn = bytes;

    /// <summary>Closes every connection, both sides.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        Cut();
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                if (Refusing)
                {
                    client.Dispose();
                    continue;
                }

                var connection = new TcpProxyConnection(client, Faults);
                _connections[connection] = connection.RunAsync(_target, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
