using System.Text.Json;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>Sources that come late, leave, come back different, or say nothing: the subscriber stays connected and is told.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task A_publisher_that_comes_late_leaves_and_comes_back_with_another_size()
    {
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var service = await Service.WatchAsync("live/a", nginx.Url("a"));
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        JsonElement first;
        await using (var publisher = await FfmpegPublisher.StartAsync(nginx.Url("a"), new FfmpegPublisherOptions { Size = "640x360", FramesPerSecond = 15 }))
        {
            first = await subscriber.NextAsync("detections");
            Assert.Equal(640, Width(first));
            await publisher.KillAsync();
        }

        await subscriber.NextAsync("status", s => State(s) == "reconnecting");
        await using var again = await FfmpegPublisher.StartAsync(nginx.Url("a"), new FfmpegPublisherOptions { Size = "854x480", FramesPerSecond = 15 });
        var changed = await subscriber.NextAsync("status", s => State(s) is "resolution_changed");
        Assert.Equal(854, changed.GetProperty("width").GetInt32());
        var second = await subscriber.NextAsync("detections", d => Width(d) == 854);
        Assert.NotEqual(first.GetProperty("session").GetString(), second.GetProperty("session").GetString());
        Assert.True(second.GetProperty("seq").GetInt64() < 50, "The sequence begins again with the session.");
        Assert.True((await service.FactsAsync("live/a")).GetProperty("reconnects").GetInt64() > 0);
    }

    [Fact]
    public async Task A_server_that_is_not_up_yet()
    {
        var port = FreePort.Next();
        await using var service = await Service.WatchAsync("live/a", $"rtmp://127.0.0.1:{port}/live/a");
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        var hello = await subscriber.NextAsync("hello");
        if (State(hello.GetProperty("streams")[0]) != "reconnecting")
        {
            await subscriber.NextAsync("status", s => State(s) == "reconnecting");
        }

        await using var nginx = await NginxRtmpServer.StartAsync(port);
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("a"));
        await subscriber.NextAsync("status", s => State(s) == "online");
        await subscriber.NextAsync("detections");
    }

    [Fact]
    public async Task A_server_that_accepts_and_sends_nothing()
    {
        await using var silent = new TcpSilentServer();
        await using var service = await Service.WatchAsync("live/a", $"rtsp://user:secret@127.0.0.1:{silent.Port}/live/a");
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        await silent.ConnectedAsync();
        var status = await subscriber.NextAsync("status", s => State(s) == "reconnecting");
        Assert.DoesNotContain("secret", status.GetRawText(), StringComparison.Ordinal);
        await silent.ConnectedAsync(2);
        Assert.DoesNotContain("secret", string.Join('\n', service.Process.Errors.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_listener_takes_one_publisher_after_the_other()
    {
        var url = $"rtmp://127.0.0.1:{FreePort.Next()}/live/a";
        await using var service = await Service.WatchAsync("live/a", url + "?listen=1");
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        var sessions = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await using var publisher = FfmpegPublisher.Launch(url);
            var result = await subscriber.NextAsync("detections", d => !sessions.Contains(d.GetProperty("session").GetString()!));
            sessions.Add(result.GetProperty("session").GetString()!);
            await publisher.StopAsync();
            await subscriber.NextAsync("status", s => State(s) == "reconnecting");
        }
    }

    private static string State(JsonElement status) => status.GetProperty("state").GetString()!;

    private static int Width(JsonElement result) => result.GetProperty("frame").GetProperty("width").GetInt32();
}
