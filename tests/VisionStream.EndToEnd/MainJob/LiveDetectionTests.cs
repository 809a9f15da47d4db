using System.Text.Json;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>The main job as a user does it: a real publisher, a real server, the built executable, a WebSocket.</summary>
public sealed class LiveDetectionTests
{
    private const int Results = 50;

    [Fact]
    public async Task Rtmp_through_nginx()
    {
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cat"), new FfmpegPublisherOptions { Clip = SharedFiles.Clip(CatChair.Clip) });
        await using var service = await Service.WatchAsync("live/cat", nginx.Url("cat"));
        await AssertMainJobAsync(service, "live/cat", "arrival");
    }

    [Fact]
    public async Task Rtsp_from_gstreamer_with_the_senders_clock()
    {
        await using var server = await GstRtspServer.StartAsync(new GstRtspOptions
        {
            Clips = new Dictionary<string, string> { ["/cat"] = SharedFiles.Clip(CatChair.Clip) },
        });
        await using var service = await Service.WatchAsync("live/cat", server.Url("/cat"));
        await AssertMainJobAsync(service, "live/cat", "rtcp_sr");
    }

    [Fact]
    public async Task Rtsp_through_MediaMtx()
    {
        await using var mediamtx = await MediaMtxServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(mediamtx.RtmpUrl("live/cat"), new FfmpegPublisherOptions { Clip = SharedFiles.Clip(CatChair.Clip) });
        await using var service = await Service.WatchAsync("live/cat", mediamtx.RtspUrl("live/cat"));
        await AssertMainJobAsync(service, "live/cat", "rtcp_sr");
    }

    [Fact]
    public async Task Rtmp_that_the_service_itself_takes()
    {
        var port = FreePort.Next();
        var url = $"rtmp://127.0.0.1:{port}/live/cat";
        await using var service = await Service.WatchAsync("live/cat", url + "?listen=1");
        await using var publisher = FfmpegPublisher.Launch(url, new FfmpegPublisherOptions { Clip = SharedFiles.Clip(CatChair.Clip) });
        await AssertMainJobAsync(service, "live/cat", "arrival");
    }

    [Fact]
    public async Task A_file_at_its_own_speed()
    {
        await using var service = await Service.WatchAsync("cat", SharedFiles.Clip(CatChair.Clip), "--loop");
        await AssertMainJobAsync(service, "cat", "arrival");
    }

    [Fact]
    public async Task A_file_that_ends_goes_offline_with_its_books_closed()
    {
        await using var service = await Service.WatchAsync("cars", SharedFiles.Clip("highway-cars.mp4"));
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        var hello = await subscriber.NextAsync("hello");
        if (hello.GetProperty("streams")[0].GetProperty("state").GetString() != "offline")
        {
            await subscriber.NextAsync("status", s => s.GetProperty("state").GetString() == "offline");
        }

        JsonElement frames = default;
        await Until.TrueAsync(async () =>
        {
            frames = (await service.FactsAsync("cars")).GetProperty("frames");
            return frames.GetProperty("analysed").GetInt64() > 0 && frames.GetProperty("decoded").GetInt64() == 38;
        }, "all 38 frames of the clip are decoded");
        Assert.Equal(0, await service.StopAsync());
    }

    private static async Task AssertMainJobAsync(Service service, string name, string clock)
    {
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        var hello = await subscriber.NextAsync("hello");
        Assert.Equal("visionstream/1", hello.GetProperty("schema").GetString());
        Assert.Equal(name, hello.GetProperty("streams")[0].GetProperty("stream").GetString());

        // Those before the sender's first report say "arrival".
        await subscriber.NextAsync("detections", d => d.GetProperty("time").GetProperty("clock").GetString() == clock);
        var results = await subscriber.DetectionsAsync(Results);

        CatChair.AssertSeen(results);
        Assert.All(results, r => Assert.Equal(name, r.GetProperty("stream").GetString()));
        Assert.Single(results.Select(r => r.GetProperty("session").GetString()).Distinct());
        var sequence = results.Select(r => r.GetProperty("seq").GetInt64()).ToArray();
        Assert.Equal(Enumerable.Range(0, Results).Select(i => sequence[0] + i), sequence);
        var ids = results.Select(r => r.GetProperty("frame").GetProperty("id").GetInt64()).ToArray();
        Assert.Equal(ids.Order(), ids);

        // Ten a second on average, never more: a frame of this clip lasts 40 ms, so ten results are 25 frames apart. How many there are
        // at the least is the machine's affair.
        var perSecond = (Results - 1) / ((ids[^1] - ids[0]) * 0.040);
        TestContext.Current.TestOutputHelper?.WriteLine($"{perSecond:F2} results a second");
        Assert.True(perSecond < 10.6, $"{perSecond:F2} results a second");

        var frames = (await service.FactsAsync(name)).GetProperty("frames");
        var dropped = frames.GetProperty("dropped").EnumerateObject().Sum(d => d.Value.GetInt64());
        Assert.Equal(
            frames.GetProperty("decoded").GetInt64(),
            frames.GetProperty("analysed").GetInt64() + dropped + frames.GetProperty("waiting").GetInt64());
        Assert.InRange(frames.GetProperty("waiting").GetInt64(), 0, 30);
        Assert.Contains($"visionstream_frames_analysed_total{{stream=\"{name}\"}}", await service.GetAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal(0, await service.StopAsync());
    }
}
