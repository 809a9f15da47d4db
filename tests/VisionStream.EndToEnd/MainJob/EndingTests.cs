using System.Net.Sockets;
using System.Text;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>Ends: of the service, of subscribers that do not read.</summary>
public sealed class EndingTests
{
    [Theory]
    [InlineData(UnixSignal.Terminate)]
    [InlineData(UnixSignal.Interrupt)]
    public async Task A_signal_ends_it_cleanly_and_subscribers_are_told(UnixSignal signal)
    {
        await using var service = await Service.WatchAsync("cat", SharedFiles.Clip(CatChair.Clip), "--loop");
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        await subscriber.NextAsync("detections");

        var stopping = service.StopAsync(signal);
        while (await subscriber.NextAsync() is not null)
        {
        }

        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, subscriber.CloseStatus);
        Assert.Equal(0, await stopping);
        Assert.All(service.Process.Errors.Lines(), line => Assert.Contains(" info ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_holds_nobody_up()
    {
        await using var service = await Service.WatchAsync("cat", SharedFiles.Clip(CatChair.Clip), "--loop", "--fps", "25", "--confidence", "0.01");
        using var stalled = new TcpClient { ReceiveBufferSize = 1024 };
        var cancel = TestContext.Current.CancellationToken;
        await stalled.ConnectAsync("127.0.0.1", service.Port, cancel);
        await stalled.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{service.Port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"), cancel);

        await using var reader = await Subscriber.ConnectAsync(service.Port);
        var lost = 0;
        var last = (await reader.NextAsync("detections")).GetProperty("seq").GetInt64();

        // Until the stalled one's buffers are full and its losses are counted, the reader gets every single message.
        await Until.TrueAsync(async () =>
        {
            foreach (var result in await reader.DetectionsAsync(25))
            {
                var seq = result.GetProperty("seq").GetInt64();
                lost += (int)(seq - last - 1);
                last = seq;
            }

            return Metric(await service.GetAsync("/metrics"), "visionstream_messages_lost_total") > 0;
        }, "the stalled subscriber's losses are counted");
        Assert.Equal(0, lost);
    }

    private static double Metric(string text, string name) =>
        text.Split('\n').Where(l => l.StartsWith(name, StringComparison.Ordinal)).Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
}
