using System.Net.WebSockets;
using System.Text;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Tests.Broadcaster.Messages;

public sealed class SharedFrameTests
{
    private readonly FramePool _pool = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task A_client_reads_back_what_was_framed(int length)
    {
        var payload = Encoding.ASCII.GetBytes(new string('x', length));
        var frame = SharedFrame.Copy(_pool, payload, Opcode.Text);
        using var socket = WebSocket.CreateFromStream(new MemoryStream(frame.Bytes.ToArray()), isServer: false, null, Timeout.InfiniteTimeSpan);
        var read = new byte[length + 1];
        var total = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(read.AsMemory(total), TestContext.Current.CancellationToken);
            total += result.Count;
        }
        while (!result.EndOfMessage);
        Assert.Equal(WebSocketMessageType.Text, result.MessageType);
        Assert.Equal(payload, read[..total]);
        frame.Release();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public async Task A_client_reads_the_status_and_reason_of_a_close()
    {
        var frame = SharedFrame.Close(_pool, CloseStatus.TryAgainLater, "Later.");
        using var socket = WebSocket.CreateFromStream(new MemoryStream(frame.Bytes.ToArray()), isServer: false, null, Timeout.InfiniteTimeSpan);
        await socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        Assert.Equal(1013, (int)socket.CloseStatus!);
        Assert.Equal("Later.", socket.CloseStatusDescription);
        frame.Release();
    }

    [Fact]
    public void Its_buffer_goes_back_with_the_last_reference_and_a_release_too_many_is_told()
    {
        var frame = SharedFrame.Copy(_pool, "{}"u8, Opcode.Text);
        frame.Keep();
        frame.Release();
        Assert.Equal(1, _pool.Outstanding);
        frame.Release();
        Assert.Equal(0, _pool.Outstanding);
        Assert.Throws<InvalidOperationException>(frame.Release);
    }

    [Fact]
    public void Only_text_counts_as_a_message()
    {
        Assert.True(SharedFrame.Copy(_pool, "{}"u8, Opcode.Text).IsMessage);
        Assert.False(SharedFrame.Copy(_pool, [], Opcode.Ping).IsMessage);
        Assert.False(SharedFrame.CopyWhole(_pool, [0x8A, 0]).IsMessage);
        Assert.False(SharedFrame.Close(_pool, CloseStatus.Normal, "").IsMessage);
    }
}
