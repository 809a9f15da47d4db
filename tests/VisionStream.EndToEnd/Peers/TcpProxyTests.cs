using System.Net;
using System.Net.Sockets;

namespace VisionStream.EndToEnd.Peers;

public sealed class TcpProxyTests
{
    private static readonly byte[] Message = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_pass_both_ways()
    {
        await using var network = await ProxiedPair.OpenAsync();

        await network.Server.SendAsync(Message, Ended);
        await network.Client.SendAsync(Message.AsMemory(0, 5), Ended);

        Assert.Equal(Message, await ReadAsync(network.Client, Message.Length));
        Assert.Equal(Message[..5], await ReadAsync(network.Server, 5));
    }

    [Fact]
    public async Task Stalled_bytes_come_after_the_stall()
    {
        await using var network = await ProxiedPair.OpenAsync();
        network.Proxy.Stall();
        await network.Server.SendAsync(Message, Ended);
        var reading = ReadAsync(network.Client, Message.Length);
        Assert.False(reading.IsCompleted);

        network.Proxy.Resume();

        Assert.Equal(Message, await reading);
    }

    [Fact]
    public async Task Spoiled_bytes_are_as_many_and_some_differ()
    {
        await using var network = await ProxiedPair.OpenAsync();
        network.Proxy.SpoilOneByteIn(100);
        await network.Server.SendAsync(Message, Ended);

        var received = await ReadAsync(network.Client, Message.Length);

        Assert.InRange(received.Zip(Message).Count(pair => pair.First != pair.Second), 20, 500);
    }

    [Fact]
    public async Task A_cut_ends_the_connection_and_a_refusal_the_next_one()
    {
        await using var network = await ProxiedPair.OpenAsync();
        network.Proxy.Cut();
        Assert.True(await EndsAsync(network.Client));

        network.Proxy.Refusing = true;
        using var next = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await next.ConnectAsync(IPAddress.Loopback, network.Proxy.Port, Ended);

        Assert.True(await EndsAsync(next));
        Assert.Equal(2, network.Proxy.Accepted);
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var got = await socket.ReceiveAsync(bytes.AsMemory(read), Ended);
            Assert.NotEqual(0, got);
            read += got;
        }

        return bytes;
    }

    private static async Task<bool> EndsAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], Ended) == 0;
        }
        catch (SocketException)
        {
            return true; // reset by the proxy
        }
    }

    /// <summary>A client and a server with a proxy between them.</summary>
    private sealed class ProxiedPair : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, FreePort.Next());

        private ProxiedPair()
        {
            _listener.Start();
            Proxy = new TcpProxy(((IPEndPoint)_listener.LocalEndpoint).Port);
        }

        public TcpProxy Proxy { get; }

        public Socket Client { get; } = new(SocketType.Stream, ProtocolType.Tcp);

        public Socket Server { get; private set; } = null!;

        public static async Task<ProxiedPair> OpenAsync()
        {
            var pair = new ProxiedPair();
            await pair.Client.ConnectAsync(IPAddress.Loopback, pair.Proxy.Port, Ended);
            pair.Server = await pair._listener.AcceptSocketAsync(Ended);
            return pair;
        }

        public async ValueTask DisposeAsync()
        {
            await Proxy.DisposeAsync();
            Client.Dispose();
            Server.Dispose();
            _listener.Dispose();
        }
    }
}
