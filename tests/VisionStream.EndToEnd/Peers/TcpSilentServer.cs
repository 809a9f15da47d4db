using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VisionStream.EndToEnd.Peers;

/// <summary>Accepts TCP connections, keeps them open and never answers.</summary>
public sealed class TcpSilentServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, FreePort.Next());
    private readonly ConcurrentBag<Socket> _clients = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public TcpSilentServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Waits until <paramref name="count"/> connections have been made since the start.</summary>
    public Task ConnectedAsync(int count = 1) =>
        Until.TrueAsync(() => _clients.Count >= count, $"connection {count} to the silent server");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _clients.Add(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
