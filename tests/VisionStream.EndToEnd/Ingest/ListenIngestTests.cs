using System.Net.Sockets;
using VisionStream.Core.Streams;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Ingest;

public sealed class ListenIngestTests
{
    [Fact]
    public async Task Two_publishers_one_after_the_other_are_taken()
    {
        var url = $"rtmp://127.0.0.1:{FreePort.Next()}/live/key-of-the-glasses";
        await using var probe = new LiveProbe(url + "?listen=1", LiveProbe.Quick with { SilenceTimeout = TimeSpan.FromSeconds(20) });
        _ = await probe.Until(StreamState.Offline, "Waiting for a publisher");
        await using (var first = await FfmpegPublisher.StartAsync(url, new FfmpegPublisherOptions { Size = "640x360" }))
        {
            _ = await probe.Until(StreamState.Online);
            await probe.UntilFrames(20);
            await first.StopAsync();
        }

        _ = await probe.Until(StreamState.Reconnecting, "left");
        await using var second = await FfmpegPublisher.StartAsync(url, new FfmpegPublisherOptions { Size = "854x480", Audio = true });
        _ = await probe.Until(StreamState.ResolutionChanged);
        _ = await probe.Until(StreamState.Online);
        Assert.Equal(2, probe.Frames.Select(f => f.Info.Session.Id).Distinct().Count());
        Assert.DoesNotContain(probe.Statuses, s => s.Reason.Contains("key-of-the-glasses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_that_says_nothing_does_not_keep_the_port()
    {
        var port = FreePort.Next();
        await using var probe = new LiveProbe($"rtmp://127.0.0.1:{port}/live/x?listen=1");
        using var caller = new TcpClient();
        await Peers.Until.TrueAsync(
            async () =>
            {
                try
                {
                    await caller.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
                }
                catch (SocketException)
                {
                }

                return caller.Connected;
            },
            "the listener");
        _ = await probe.Until(StreamState.Reconnecting);
        await using var publisher = FfmpegPublisher.Launch($"rtmp://127.0.0.1:{port}/live/x");
        _ = await probe.Until(StreamState.Online);
    }

    [Fact]
    public async Task A_port_in_use_is_said_and_tried_again()
    {
        await using var other = new TcpSilentServer();
        await using var probe = new LiveProbe($"rtmp://127.0.0.1:{other.Port}/live/x?listen=1");
        _ = await probe.Until(StreamState.Reconnecting, "is in use");
    }
}
