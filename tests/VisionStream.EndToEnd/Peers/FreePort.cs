using System.Net;
using System.Net.Sockets;

namespace VisionStream.EndToEnd.Peers;

/// <summary>Ports for peers. Thread-safe; no port is given twice in a run.</summary>
public static class FreePort
{
    // Below the range that Linux takes ports for outgoing connections from (32768 up), or one of those could take a
    // port between its being found free here and the peer's listening on it.
    private const int First = 20000;
    private const int Count = 10000;

    // Two test runs on one machine begin at different places.
    private static int _last = Environment.ProcessId * 131 % Count;

    /// <summary>A TCP port that nobody listens on.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No free TCP port from {First} to {First + Count - 1}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
