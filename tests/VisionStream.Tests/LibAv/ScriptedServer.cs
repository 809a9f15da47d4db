using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VisionStream.Tests.LibAv;

/// <summary>Accepts connections, sends each some bytes, and then either says nothing more or hangs up.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    private ScriptedServer(byte[] reply, bool hangUp)
    {
        _listener.Start();
        _loop = ServeAsync(reply, hangUp);
    }

    /// <summary>Host and port.</summary>
    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>A server that accepts and stays silent.</summary>
    public static ScriptedServer Silent()
    {
        return new ScriptedServer([], hangUp: false);
    }

    /// <summary>A server that sends some bytes and then stays silent.</summary>
    public static ScriptedServer Stalling(byte[] first)
    {
        return new ScriptedServer(first, hangUp: false);
    }

    /// <summary>A server that sends some bytes and closes the connection.</summary>
    public static ScriptedServer Answering(string text)
    {
        return new ScriptedServer(Encoding.ASCII.GetBytes(text), hangUp: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Stop();
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync(byte[] reply, bool hangUp)
    {
        var clients = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                clients.Add(client);
                if (hangUp)
                {
                    // The request is read first: closing with unread bytes would reset the connection.
                    _ = await client.GetStream().ReadAsync(new byte[4096], _stop.Token);
                }

                await client.GetStream().WriteAsync(reply, _stop.Token);
                if (hangUp)
                {
                    client.Dispose();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }
}
