using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Restream;

/// <summary>The sound of a source in its annotated stream, by <c>visionstream serve</c> as a user runs it.</summary>
public sealed class SoundInStepTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visionstream-sound-");
    private readonly List<IAsyncDisposable> _running = [];

    [Fact]
    public async Task AAC_over_RTMP_goes_on_to_RTMP_as_it_is()
    {
        var server = Keep(await NginxRtmpServer.StartAsync(record: true));
        var service = Keep(await Service.WatchAsync("flash", server.Url("flash"), "--annotate", $"flash={server.Url("flash-annotated")}"));
        await SendAsync("aac", ["-f", "flv", server.Url("flash")]);
        await SentAsync(service, 150);

        // In this order: what is skipped while it is asked for counts too.
        var sent = (await AnnotatedAsync(service)).GetProperty("frames").GetInt32();
        var skipped = (await AnnotatedAsync(service)).GetProperty("skipped").GetInt64();
        Assert.Equal(0, await service.StopAsync());
        await server.RecordedAsync("flash-annotated");

        var file = server.Recording("flash-annotated");
        Assert.Equal(["h264", "aac"], (await Ffprobe.StreamsAsync(file)).Select(s => s.Codec));
        await FlashAndBeep.AssertInStepAsync(file, 4);
        await AssertFrameTimesAsync(file, sent, skipped);
    }

    [Fact]
    public async Task AAC_with_ADTS_headers_over_SRT_goes_on_to_RTMP()
    {
        var server = Keep(await NginxRtmpServer.StartAsync(record: true));
        var port = FreePort.Next();
        await SendAsync("aac", ["-f", "mpegts", $"srt://127.0.0.1:{port}?mode=listener"]);
        var service = Keep(await Service.WatchAsync("flash", $"srt://127.0.0.1:{port}", "--annotate", $"flash={server.Url("flash-annotated")}"));
        await SentAsync(service, 150);
        Assert.Equal(0, await service.StopAsync());
        await server.RecordedAsync("flash-annotated");
        await FlashAndBeep.AssertInStepAsync(server.Recording("flash-annotated"), 4);
    }

    [Theory]
    [InlineData("aac", "aacparse ! rtpmp4gpay name=pay1 pt=97", "copy", "aac")]
    [InlineData("libopus", "opusparse ! rtpopuspay name=pay1 pt=97", "copy", "opus")]
    [InlineData("aac", "aacparse ! rtpmp4gpay name=pay1 pt=97", "opus", "opus")]
    public async Task Sound_over_RTSP_goes_on_to_RTSP(string codec, string payloader, string mode, string expected)
    {
        var clip = await FlashAndBeep.MakeAsync(_folder.FullName, codec, 20);
        var line = $"filesrc location={clip} ! qtdemux name=d d.video_0 ! queue ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 d.audio_0 ! queue ! {payloader}";
        var server = Keep(await GstRtspServer.StartAsync(new GstRtspOptions { Launches = new Dictionary<string, string> { ["/flash"] = line } }));
        var (file, target) = (Path.Combine(_folder.FullName, "seen.mkv"), $"rtsp://127.0.0.1:{FreePort.Next()}/live/flash-annotated");
        var viewer = Keep(PeerProcess.Start(
            "rtsp-listener", Peer.RequireProgram("ffmpeg", "ffmpeg"), ["-nostdin", "-v", "warning", "-rtsp_flags", "listen", "-i", target, "-c", "copy", "-t", "7", file]));
        var configuration = Path.Combine(_folder.FullName, "visionstream.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""{"streams":[{"name":"flash","url":"{{server.Url("/flash")}}","annotate":"{{target}}","audio":"{{mode}}"}]}""",
            TestContext.Current.CancellationToken);
        Keep(await Service.StartAsync("--config", configuration, "--model", SharedFiles.Model(Service.LightModel)));
        await viewer.WaitForExitAsync();

        Assert.Equal(["h264", expected], (await Ffprobe.StreamsAsync(file)).Select(s => s.Codec));
        await FlashAndBeep.AssertInStepAsync(file, 4);
    }

    [Fact]
    public async Task An_RTSP_source_that_is_annotated_at_run_time_has_its_sound_at_once()
    {
        var clip = await FlashAndBeep.MakeAsync(_folder.FullName, "aac", 120);
        var line = $"filesrc location={clip} ! qtdemux name=d d.video_0 ! queue ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 d.audio_0 ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97";
        var source = Keep(await GstRtspServer.StartAsync(new GstRtspOptions { Launches = new Dictionary<string, string> { ["/flash"] = line } }));
        var target = Keep(await NginxRtmpServer.StartAsync(record: true));
        var configuration = Path.Combine(_folder.FullName, "visionstream.json");
        await File.WriteAllTextAsync(
            configuration,
            $$"""{"streams":[{"name":"flash","url":"{{source.Url("/flash")}}"}],"allowed_schemes":"rtsp,rtmp","allow_private_hosts":true}""",
            TestContext.Current.CancellationToken);
        var service = Keep(await Service.StartAsync("--config", configuration, "--model", SharedFiles.Model(Service.LightModel)));
        await Until.TrueAsync(
            async () => (await service.FactsAsync("flash")).GetProperty("frames").GetProperty("decoded").GetInt64() > 10, "frames of the source");

        using var answer = await service.SendAsync(HttpMethod.Patch, "/v1/streams/flash", new { annotate = target.Url("flash-annotated") });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await SentAsync(service, 150);
        Assert.Contains(service.Process.Errors.Lines(), l => l.Contains("opened again, to ask for its sound", StringComparison.Ordinal));
        Assert.Equal(0, await service.StopAsync());
        await target.RecordedAsync("flash-annotated");

        Assert.Equal(["h264", "aac"], (await Ffprobe.StreamsAsync(target.Recording("flash-annotated"))).Select(s => s.Codec));
        await FlashAndBeep.AssertInStepAsync(target.Recording("flash-annotated"), 4);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var item in Enumerable.Reverse(_running))
        {
            await item.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Pictures come at the source's rate, each a frame after the one before: sound neither delays nor displaces them.</summary>
    private static async Task AssertFrameTimesAsync(string file, int sent, long skipped)
    {
        // The very first one is followed by those that came while the encoder warmed up, of which only the newest are sent.
        var pictures = (await Ffprobe.AllPacketsAsync(file)).Where(p => p.Kind == "video").Take(sent).Skip(FlashAndBeep.FramesPerSecond).ToList();
        Assert.True(pictures.Count > 100, $"Only {pictures.Count} pictures.");
        FrameTimes.AssertComplete([.. pictures.Select(p => p.Pts * 1000)], 1000.0 / FlashAndBeep.FramesPerSecond, 3, skipped);
    }

    private static async Task<System.Text.Json.JsonElement> AnnotatedAsync(Service service) => (await service.FactsAsync("flash")).GetProperty("annotated");

    private static Task SentAsync(Service service, long frames) => Until.TrueAsync(
        async () => (await service.FactsAsync("flash")).TryGetProperty("annotated", out var annotated)
            && annotated.ValueKind != System.Text.Json.JsonValueKind.Null && annotated.GetProperty("frames").GetInt64() >= frames,
        $"{frames} annotated frames");

    private async Task SendAsync(string codec, string[] output)
    {
        var clip = await FlashAndBeep.MakeAsync(_folder.FullName, codec, 20);
        Keep(PeerProcess.Start(
            "sender", Peer.RequireProgram("ffmpeg", "ffmpeg"), ["-nostdin", "-v", "warning", "-re", "-i", clip, "-c", "copy", .. output]));
    }

    private T Keep<T>(T item)
        where T : IAsyncDisposable
    {
        _running.Add(item);
        return item;
    }
}
