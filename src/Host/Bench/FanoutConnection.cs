using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VisionStream.Host.Bench;

/// <summary>
/// One subscriber of the bench: a socket and a buffer. After <see cref="OpenAsync"/> its receives run one after the other, on
/// whichever thread the sockets complete on, and need no task.
/// </summary>
internal sealed class FanoutConnection : IDisposable
{
    /// <summary>What one connection may have read and not looked at.</summary>
    public const int BufferBytes = 4096;

    // A pong without payload, masked with zeros as a client's has to be (RFC 6455, section 5.3).
    private static readonly byte[] Pong = [0x8A, 0x80, 0, 0, 0, 0];

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receive = new(true);
    private readonly Memory<byte> _buffer;
    private readonly Action<long, int> _onResult;
    private int _held;

    /// <summary>
    /// Makes a connection that uses <paramref name="buffer"/> and calls <paramref name="onResult"/> with number and frame length.
    /// </summary>
    public FanoutConnection(Memory<byte> buffer, Action<long, int> onResult)
    {
        _buffer = buffer;
        _onResult = onResult;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _receive.Completed += (_, _) => Received();
    }

    /// <summary>What came.</summary>
    public FrameScanner Scanner { get; } = new();

    /// <summary>Why it ended, or <see langword="null"/> while it has not.</summary>
    public string? Ended { get; private set; }

    /// <summary>Connects, shakes hands and starts to receive.</summary>
    /// <exception cref="InvalidOperationException">The server refused; the message has its status line.</exception>
    public async Task OpenAsync(IPEndPoint server, string pathAndQuery, CancellationToken cancel)
    {
        await _socket.ConnectAsync(server, cancel).ConfigureAwait(false);
        var request = $"GET {pathAndQuery} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), cancel).ConfigureAwait(false);
        int end;
        while ((end = _buffer.Span[.._held].IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = _held == _buffer.Length ? 0 : await _socket.ReceiveAsync(_buffer[_held..], cancel).ConfigureAwait(false);
            _held += read > 0 ? read : throw new InvalidOperationException("The server ended the connection during the handshake.");
        }

        var answer = Encoding.ASCII.GetString(_buffer.Span[..end]);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The server answered '{answer.Split('\r')[0]}' instead of accepting the WebSocket.");
        }

        _buffer[(end + 4).._held].CopyTo(_buffer);
        _held -= end + 4;
        Receive();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Receive()
    {
        try
        {
            do
            {
                Look();
                if (Ended is not null)
                {
                    return;
                }

                _receive.SetBuffer(_buffer[_held..]);
            }
            while (!_socket.ReceiveAsync(_receive) && Take());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException or InvalidDataException)
        {
            Ended = e.Message;
        }
    }

    private void Received()
    {
        if (Take())
        {
            Receive();
        }
    }

    private bool Take()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            Ended = _receive.SocketError == SocketError.Success ? "The server ended the connection." : _receive.SocketError.ToString();
            return false;
        }

        _held += _receive.BytesTransferred;
        return true;
    }

    private void Look()
    {
        var done = Scanner.Scan(_buffer.Span[.._held], _onResult);
        _buffer[done.._held].CopyTo(_buffer);
        _held -= done;
        for (; Scanner.Pings > 0; Scanner.Pings--)
        {
            _socket.Send(Pong);
        }

        if (Scanner.IsClosed)
        {
            Ended = "The server said goodbye.";
        }
    }
}
