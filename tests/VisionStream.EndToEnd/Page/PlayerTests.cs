using Microsoft.Playwright;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>How the page gets its moving picture: by WebRTC, by HLS, by the service's own preview; and what it says back.</summary>
public sealed class PlayerTests
{
    private const string Name = "live/cam";

    private const string HasBoxes =
        "() => { const c = document.querySelector('#overlay'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v); }";

    private static readonly FfmpegPublisherOptions Clip = new() { Clip = SharedFiles.Clip(CatChair.Clip), FramesPerSecond = 15, GroupOfPictures = 15 };

    [Theory]
    [InlineData("h264")]
    [InlineData("vp8")]
    public async Task WebRtc_plays_with_boxes(string codec)
    {
        await using var rtsp = await GstRtspServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(rtsp.Url($"/{Name}"), Clip);
        await using var server = await WebRtcServer.StartAsync(new Dictionary<string, string> { [Name] = rtsp.Url($"/{Name}") }, codec);
        await using var service = await StartAsync(rtsp, server.Address);
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(Address(service));

        await PlaysAsync(browser, "WebRTC", "#webrtc");
        await server.SaidAsync($"watching {Name}");
        await page.WaitForFunctionAsync(HasBoxes);
        await browser.PictureAsync($"webrtc-{codec}");
        Assert.Empty(browser.Complaints);

        // The stream is let go where the page leaves it.
        await page.Locator("#stop").ClickAsync();
        await server.SaidAsync($"left {Name}");
    }

    [Fact]
    public async Task A_WebRtc_server_that_goes_away_is_replaced_by_the_preview_until_it_is_back()
    {
        await using var rtsp = await GstRtspServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(rtsp.Url($"/{Name}"), Clip);
        var sources = new Dictionary<string, string> { [Name] = rtsp.Url($"/{Name}") };
        var first = await WebRtcServer.StartAsync(sources);
        await using var service = await StartAsync(rtsp, first.Address);
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(Address(service));
        await PlaysAsync(browser, "WebRTC", "#webrtc");

        await first.DisposeAsync();
        await Assertions.Expect(browser.Page.Locator("#player")).ToHaveTextAsync("Preview");
        await browser.PlayingAsync();

        await using var second = await WebRtcServer.StartAsync(sources, port: first.Port);
        await PlaysAsync(browser, "WebRTC", "#webrtc");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Hls_plays_with_boxes_where_WebRtc_is_refused()
    {
        await using var rtsp = await GstRtspServer.StartAsync();
        await using var nginx = await NginxRtmpServer.StartAsync(hls: true);
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cam"), Clip with { Audio = true });
        await using var relay = ServiceProcess.Start("relay", nginx.Url("cam"), rtsp.Url($"/{Name}"));
        await rtsp.PublishedAsync($"/{Name}");
        await using var server = await WebRtcServer.StartAsync(new Dictionary<string, string>());
        await using var service = await StartAsync(rtsp, server.Address, nginx.HlsAddress);
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(Address(service));
        Peer.Require(
            await page.EvaluateAsync<bool>("""() => MediaSource.isTypeSupported('video/mp4; codecs="avc1.42E01E,mp4a.40.2"')"""),
            "this Chromium plays no H.264 by Media Source Extensions");

        await PlaysAsync(browser, "HLS", "#hls");
        await page.WaitForFunctionAsync(HasBoxes);

        // Its sound is off until somebody wants it.
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('#hls').muted"));
        await page.Locator("#sound").ClickAsync();
        Assert.False(await page.EvaluateAsync<bool>("() => document.querySelector('#hls').muted"));
        await browser.PictureAsync("hls");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Hls_in_the_form_that_MediaMtx_gives_it_plays_with_its_sound()
    {
        await using var rtsp = await GstRtspServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(rtsp.Url($"/{Name}"), Clip);
        await using var nginx = await NginxRtmpServer.StartAsync(hls: true);
        await using var writer = await WriteHlsAsync(Path.Combine(nginx.HlsFolder, Name));
        await using var service = await StartAsync(rtsp, "off", nginx.HlsAddress);
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(Address(service));

        await PlaysAsync(browser, "HLS", "#hls");
        await page.WaitForFunctionAsync(HasBoxes);
        await page.Locator("#sound").ClickAsync();
        await page.WaitForFunctionAsync("() => { const v = document.querySelector('#hls'); return !v.muted && v.webkitAudioDecodedByteCount > 0; }");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_annotated_video_takes_the_overlays_place_and_gives_it_back()
    {
        await using var rtsp = await GstRtspServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(rtsp.Url($"/{Name}"), Clip);
        await using var server = await WebRtcServer.StartAsync(new Dictionary<string, string>
        {
            [Name] = rtsp.Url($"/{Name}"),
            [$"{Name}-annotated"] = rtsp.Url($"/{Name}-annotated"),
        });
        await using var service = await StartAsync(rtsp, server.Address, annotate: true);
        await rtsp.PublishedAsync($"/{Name}-annotated");
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(Address(service));
        await PlaysAsync(browser, "WebRTC", "#webrtc");

        await page.Locator("#show-annotated").CheckAsync();
        await server.SaidAsync($"watching {Name}-annotated");
        await server.SaidAsync($"left {Name}");
        await PlaysAsync(browser, "WebRTC", "#webrtc");
        await Assertions.Expect(page.Locator("#show-boxes")).ToBeDisabledAsync();
        Assert.False(await page.EvaluateAsync<bool>($"() => ({HasBoxes})()"));
        await browser.PictureAsync("annotated");

        await page.Locator("#show-annotated").UncheckAsync();
        await server.SaidAsync($"watching {Name}", times: 2);
        await PlaysAsync(browser, "WebRTC", "#webrtc");
        await page.WaitForFunctionAsync(HasBoxes);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Talk_back_is_off_until_it_is_pressed_and_ends_when_it_is_pressed_again()
    {
        await using var rtsp = await GstRtspServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(rtsp.Url($"/{Name}"), Clip);
        await using var server = await WebRtcServer.StartAsync(new Dictionary<string, string> { [Name] = rtsp.Url($"/{Name}") });
        await using var service = await StartAsync(rtsp, server.Address);
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(Address(service));
        await PlaysAsync(browser, "WebRTC", "#webrtc");
        var talk = page.Locator("#talk");
        await Assertions.Expect(talk).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Equal(0, server.Times($"talking {Name}-talk"));

        await talk.ClickAsync();
        await Assertions.Expect(talk).ToHaveTextAsync("End talk back");
        await server.SaidAsync($"heard {Name}-talk");
        await browser.PictureAsync("talking");

        await talk.ClickAsync();
        await server.SaidAsync($"hung-up {Name}-talk");
        await Assertions.Expect(talk).ToHaveTextAsync("Talk back");
        await Assertions.Expect(talk).ToHaveAttributeAsync("aria-pressed", "false");

        // A connection that breaks is told, and nobody goes on talking to nobody.
        await talk.ClickAsync();
        await server.SaidAsync($"heard {Name}-talk", times: 2);
        await server.DisposeAsync();
        await Assertions.Expect(talk).ToHaveTextAsync("Talk back");
        await Assertions.Expect(page.Locator("#stage-alert")).ToContainTextAsync("Talk back has ended");
        Assert.Empty(browser.Complaints);
    }

    // The way that the page names, a video of the clip's size, and time that goes on.
    private static async Task PlaysAsync(Browser browser, string player, string video)
    {
        // A busy machine may miss a try or two, and the page waits longer before each.
        await Assertions.Expect(browser.Page.Locator("#player"))
            .ToHaveTextAsync(player, new LocatorAssertionsToHaveTextOptions { Timeout = 3 * (float)Until.Patience.TotalMilliseconds });
        await browser.PlayingAsync();
        await browser.Page.WaitForFunctionAsync(
            """
            selector => {
              const video = document.querySelector(selector);
              globalThis.began ??= {};
              globalThis.began[selector] ??= video.currentTime;
              return video.videoWidth > 0 && video.videoHeight > 0 && video.currentTime > globalThis.began[selector];
            }
            """,
            video);
    }

    // Fragmented MP4, a playlist of its own for the sound, wall-clock times: what MediaMTX's muxer makes, by ffmpeg.
    private static async Task<PeerProcess> WriteHlsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var writer = PeerProcess.Start("hls-writer", Peer.RequireProgram("ffmpeg", "ffmpeg"),
        [
            "-hide_banner", "-nostdin", "-loglevel", "warning", "-re", "-stream_loop", "-1", "-i", SharedFiles.Clip(CatChair.Clip),
            "-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100", "-map", "0:v:0", "-map", "1:a:0",
            "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-r", "15", "-g", "15", "-c:a", "aac",
            "-f", "hls", "-hls_time", "1", "-hls_list_size", "7", "-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init_%v.mp4",
            "-hls_flags", "delete_segments+program_date_time+independent_segments", "-master_pl_name", "index.m3u8",
            "-var_stream_map", "v:0,agroup:audio a:0,agroup:audio,default:yes", Path.Combine(folder, "track_%v.m3u8"),
        ]);
        try
        {
            await Until.TrueAsync(() => File.Exists(Path.Combine(folder, "index.m3u8")), "ffmpeg to write its playlist");
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    // A service whose MediaMTX is made of these servers; its control API is nobody's.
    private static async Task<Service> StartAsync(GstRtspServer rtsp, string webRtc, string hls = "off", bool annotate = false)
    {
        var file = Path.Combine(Repository.ArtifactsOfThisTest(), "visionstream.json");
        await File.WriteAllTextAsync(file, $$"""
            { "model": "{{SharedFiles.Model(Service.LightModel)}}",
              "mediamtx": { "api": "http://127.0.0.1:{{FreePort.Next()}}", "rtsp": "rtsp://127.0.0.1:{{rtsp.Port}}", "webrtc": "{{webRtc}}", "hls": "{{hls}}" } }
            """);
        var service = await Service.StartAsync("--config", file);
        var made = await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = Name, annotate });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return service;
    }

    private static string Address(Service service) => $"http://127.0.0.1:{service.Port}/";
}
