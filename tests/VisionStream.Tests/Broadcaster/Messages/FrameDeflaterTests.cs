using System.Net.WebSockets;
using System.Text;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Tests.Broadcaster.Messages;

public sealed class FrameDeflaterTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly FrameDeflater _deflater;

    public FrameDeflaterTests() => _deflater = new FrameDeflater(_pool);

    public void Dispose()
    {
        _deflater.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(125)]
    [InlineData(1_000)]
    [InlineData(70_000)]
    [InlineData(1_000_000)]
    public async Task A_client_unpacks_what_was_packed_however_often(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length / 10).Select(i => $"\"x\":{i % 97},"));
        var plain = SharedFrame.Copy(_pool, Encoding.ASCII.GetBytes(text), Opcode.Text);
        var wire = new MemoryStream();
        for (var i = 0; i < 3; i++)
        {
            var packed = _deflater.Deflate(plain);
            Assert.NotSame(plain, packed);
            Assert.True(packed.IsMessage);
            Assert.True(packed.Bytes.Length < plain.Bytes.Length);
            wire.Write(packed.Bytes.Span);
            packed.Release();
        }

        plain.Release();
        wire.Position = 0;
        using var socket = WebSocket.CreateFromStream(wire, new WebSocketCreationOptions
        {
            DangerousDeflateOptions = new WebSocketDeflateOptions { ServerContextTakeover = false, ClientContextTakeover = false },
        });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(text, await ReadAsync(socket));
        }
    }

    [Fact]
    public void What_does_not_shrink_stays_as_it_is()
    {
        var plain = SharedFrame.Copy(_pool, "{}"u8, Opcode.Text);
        var same = _deflater.Deflate(plain);
        Assert.Same(plain, same);
        same.Release();
        plain.Release();
    }

    private static async Task<string> ReadAsync(WebSocket socket)
    {
        var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            text.Write(buffer.AsSpan(0, result.Count));
        }
        while (!result.EndOfMessage);
        return Encoding.ASCII.GetString(text.ToArray());
    }
}
