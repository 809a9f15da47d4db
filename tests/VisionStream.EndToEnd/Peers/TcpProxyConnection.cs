using System.Net;
using System.Net.Sockets;

namespace VisionStream.EndToEnd.Peers;

/// <summary>One client's connection through a <see cref="TcpProxy"/>. Dispose may be called at any time, by any thread.</summary>
internal sealed class TcpProxyConnection(Socket client, TcpProxyFaults faults) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Passes bytes until either side ends or breaks, then closes both.</summary>
    public async Task RunAsync(int target, CancellationToken cancellation)
    {
        try
        {
            await _server.ConnectAsync(IPAddress.Loopback, target, cancellation);
            client.NoDelay = _server.NoDelay = true;
            await Task.WhenAny(PumpAsync(client, _server, spoils: false, cancellation), PumpAsync(_server, client, spoils: true, cancellation));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server is not there, or the connection was cut while it was made: the client sees it closed.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, bool spoils, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, cancellation) is > 0 and var count)
            {
                await faults.PassAsync(cancellation);
                if (spoils)
                {
                    faults.Spoil(buffer.AsSpan(0, count));
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellation);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side broke the connection, which is how connections end here.
        }
    }
}
