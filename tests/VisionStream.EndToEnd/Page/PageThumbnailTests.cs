using Microsoft.Playwright;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>The small pictures of the tiles.</summary>
public sealed class PageThumbnailTests
{
    private const string Pixels =
        """
        const canvas = document.querySelector("[data-stream='demo/scene'] canvas");
        const pixels = [...new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)];
        """;

    [Fact]
    public async Task A_tile_has_its_streams_picture_and_gets_new_ones_in_the_same_place()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        var held = new Gate();
        held.Close();
        await page.RouteAsync("**/snapshot.jpg", route => held.PassAsync(route));
        int open = 0, most = 0;
        page.Request += (_, request) => most = Math.Max(most, open += IsSnapshot(request) ? 1 : 0);
        page.RequestFinished += (_, request) => open -= IsSnapshot(request) ? 1 : 0;
        page.RequestFailed += (_, request) => open -= IsSnapshot(request) ? 1 : 0;
        await page.GotoAsync(demo.Address);
        var picture = page.Locator("[data-stream='demo/scene'] canvas");
        await Until.TrueAsync(() => held.Held > 0, "the page asks for a picture");
        await Assertions.Expect(picture).ToBeHiddenAsync();
        var without = await page.Locator("[data-stream='demo/scene'] .thumbnail").BoundingBoxAsync();

        await held.OpenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "latest picture" })).ToBeVisibleAsync();
        var with = await page.Locator("[data-stream='demo/scene'] .thumbnail").BoundingBoxAsync();
        Assert.Equal((without!.Width, without.Height), (with!.Width, with.Height));

        // The demo's camera sees at least the red of its stop sign, and many colours in all.
        var (width, height, red, colours) = await PixelsAsync(page);
        Assert.Equal((192, 108), (width, height));
        Assert.True(red > 50 && colours > 200, $"{red} red pixels, {colours} colours");

        // Its belt moves.
        await page.WaitForFunctionAsync($$"""() => { {{Pixels}} const sum = pixels.join(); globalThis.before ??= sum; return sum !== globalThis.before; }""");
        Assert.Equal(1, most);
        Assert.Empty(browser.Complaints);

        static bool IsSnapshot(IRequest request) => request.Url.EndsWith("/snapshot.jpg", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_fetched_for_tiles_in_view_of_a_page_in_view_only()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync(390, 200);
        var page = browser.Page;
        var asked = 0;
        await page.RouteAsync("**/snapshot.jpg", route =>
        {
            Interlocked.Increment(ref asked);
            return route.ContinueAsync();
        });
        await page.AddInitScriptAsync(
            """
            globalThis.away = true;
            Object.defineProperty(document, "hidden", { get: () => away });
            """);
        await page.GotoAsync(demo.Address);

        // What is said of the frames comes after the tile has been drawn as one that is online.
        var figures = page.Locator("#frames-figures");
        await Assertions.Expect(figures).ToContainTextAsync("decoded");
        await page.EvaluateAsync("() => document.querySelector('#tiles').scrollIntoView()");
        await Assertions.Expect(figures).Not.ToHaveTextAsync((await figures.TextContentAsync())!);
        Assert.Equal(0, Volatile.Read(ref asked));

        await page.EvaluateAsync(
            """
            async () => {
              scrollTo(0, 0);
              await new Promise(left => new IntersectionObserver(views => views.at(-1).isIntersecting || left()).observe(document.querySelector(".thumbnail")));
              // The page itself is told of that in the same task, before or after.
              await new Promise(requestAnimationFrame);
              away = false;
              document.dispatchEvent(new Event("visibilitychange"));
            }
            """);
        await Assertions.Expect(figures).Not.ToHaveTextAsync((await figures.TextContentAsync())!);
        var picture = page.Locator("[data-stream='demo/scene'] canvas");
        Assert.Equal(0, Volatile.Read(ref asked));
        await Assertions.Expect(picture).ToBeHiddenAsync();

        await page.EvaluateAsync("() => document.querySelector('#tiles').scrollIntoView()");
        await Assertions.Expect(picture).ToBeVisibleAsync();
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_stream_without_pictures_has_a_quiet_place_for_them_and_a_tile_that_came_later_takes_nothing_from_the_others()
    {
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cam"), new FfmpegPublisherOptions { FramesPerSecond = 15 });
        await using var service = await Service.StartAsync(
            "--stream", $"live/cam={nginx.Url("cam")}", "--stream", $"live/nobody={nginx.Url("nobody")}", "--model", SharedFiles.Model(Service.LightModel));
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync($"http://127.0.0.1:{service.Port}/");
        var picture = page.Locator("[data-stream='live/cam'] canvas");
        await Assertions.Expect(picture).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-stream='live/nobody'] .thumbnail")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-stream='live/nobody'] canvas")).ToBeHiddenAsync();

        await page.EvaluateAsync("() => { globalThis.first = document.querySelector('[data-stream=\"live/cam\"] canvas'); }");
        await page.Locator("[data-stream='live/nobody']").ClickAsync();
        await page.Locator("#stop").ClickAsync();
        await Assertions.Expect(page.Locator("#tiles [data-stream]")).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<bool>("() => first.isConnected && !first.hidden"));
        Assert.Empty(browser.Complaints);
    }

    private static async Task<(int Width, int Height, int Red, int Colours)> PixelsAsync(IPage page)
    {
        var found = await page.EvaluateAsync<int[]>(
            $$"""
            () => {
              {{Pixels}}
              // Little-endian: red is the lowest byte.
              const red = pixels.filter(p => (p & 255) > 130 && (p >> 8 & 255) < 90 && (p >> 16 & 255) < 90).length;
              return [canvas.width, canvas.height, red, new Set(pixels).size];
            }
            """);
        return (found[0], found[1], found[2], found[3]);
    }
}
