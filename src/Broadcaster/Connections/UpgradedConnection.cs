using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// One reader, one writer. Both directions of an upgraded connection. Where nothing stands between Kestrel and the socket, frames
/// are written straight to the socket: a frame is then copied once, into the kernel, instead of through Kestrel's pipe and its
/// scheduler, and a write that is done is in the kernel, so that no hidden buffer makes a slow subscriber's messages old. Reading
/// stays Kestrel's.
/// </summary>
/// <param name="Reads">What the subscriber sends.</param>
/// <param name="Writes">What goes to the subscriber.</param>
/// <param name="IsDeflated">Whether permessage-deflate was agreed on.</param>
internal sealed record UpgradedConnection(Stream Reads, Stream Writes, bool IsDeflated) : IDisposable
{
    /// <summary>A connection whose writes go through Kestrel, as TLS and HTTP/2 need.</summary>
    public static UpgradedConnection Through(Stream stream, bool isDeflated) => new(stream, stream, isDeflated);

    /// <summary>A connection whose writes go to the socket; <see cref="Prepare"/> has to have been in force when it came.</summary>
    public static UpgradedConnection Direct(Stream reads, Socket socket, bool isDeflated)
    {
        try
        {
            return new(reads, new NetworkStream(socket, ownsSocket: false), isDeflated);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The subscriber has gone already, as its first read will show.
            return Through(reads, isDeflated);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Kestrel ends its own stream and the socket when the request ends.
        if (!ReferenceEquals(Reads, Writes))
        {
            Writes.Dispose();
        }
    }

    /// <summary>
    /// Has Kestrel finish a flush only when the socket has taken all of it. Then the answer to the handshake, which Kestrel
    /// flushes, is on its way before the first frame is written behind Kestrel's back. With the default of 64 KiB a flush may be
    /// done while its bytes still lie in the pipe, and a frame could overtake the answer.
    /// </summary>
    public static void Prepare(SocketTransportOptions options) => options.MaxWriteBufferSize = 1;
}
