using Microsoft.Playwright;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>The page while sources come and go, and streams are added and ended from it.</summary>
public sealed class PageSourceTests
{
    [Fact]
    public async Task A_source_that_goes_away_is_told_and_its_return_noticed()
    {
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var service = await Service.WatchAsync("live/cam", nginx.Url("cam"));
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await using (var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cam"), new FfmpegPublisherOptions { FramesPerSecond = 15 }))
        {
            await page.GotoAsync(Address(service));
            await browser.PlayingAsync();
            Assert.Equal("online", await page.Locator("#tiles .state").TextContentAsync());
            await publisher.KillAsync();
        }

        var tile = page.Locator("[data-stream='live/cam']");
        await Assertions.Expect(tile.Locator(".state")).ToHaveTextAsync("reconnecting");
        await Assertions.Expect(page.Locator("#screen-note")).Not.ToBeEmptyAsync();
        var reason = (await service.FactsAsync("live%2Fcam")).GetProperty("reason").GetString()!;
        Assert.NotEmpty(reason);
        Assert.Equal("waiting", await page.Locator("#screen").GetAttributeAsync("data-state"));
        await Assertions.Expect(page.Locator("#detections")).ToHaveTextAsync("Nothing at the moment.");
        Assert.Equal("Live", await page.Locator("#connection").TextContentAsync());
        await browser.PictureAsync("source-away");

        // Another size, as after a change of camera: the picture takes its shape.
        await using var again = await FfmpegPublisher.StartAsync(nginx.Url("cam"), new FfmpegPublisherOptions { Size = "480x480", FramesPerSecond = 15 });
        await browser.PlayingAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#picture').width === 480 && document.querySelector('#screen').style.aspectRatio === '480 / 480'");
        await Assertions.Expect(page.Locator("#stage-facts")).ToContainTextAsync("480 × 480");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_stream_is_added_and_ended()
    {
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cam"), new FfmpegPublisherOptions { FramesPerSecond = 15 });
        await using var service = await Service.WatchAsync("live/first", nginx.Url("nobody"), "--config", Configuration());
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(Address(service));
        await page.Locator("#add summary").ClickAsync();
        await page.Locator("#add-form [name=name]").FillAsync("live/second");

        // What may not be watched is told where it was asked for.
        await page.Locator("#add-form [name=url]").FillAsync("file:///etc/hostname");
        await page.Locator("#add-form button").ClickAsync();
        await Assertions.Expect(page.Locator("#add-form [role=alert]")).ToContainTextAsync("url:");

        await page.Locator("#add-form [name=url]").FillAsync(nginx.Url("cam"));
        await page.Locator("#add-form button").ClickAsync();
        var tile = page.Locator("[data-stream='live/second']");
        await Assertions.Expect(tile.Locator(".state")).ToHaveTextAsync("online");
        await tile.ClickAsync();
        await browser.PlayingAsync();
        Assert.Equal("live/second", await page.Locator("#stage-name").TextContentAsync());

        // Its classes are there to choose from, though the page was opened before it.
        await Assertions.Expect(page.Locator("#classes input[value=person]")).ToBeCheckedAsync();
        await browser.PictureAsync("two-streams");

        await page.Locator("#stop").ClickAsync();
        await Assertions.Expect(tile).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#stage-name")).ToHaveTextAsync("live/first");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, "/v1/streams/live%2Fsecond")).StatusCode);

        // And back again, as it was added.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Watch live/second again" }).ClickAsync();
        await Assertions.Expect(tile.Locator(".state")).ToHaveTextAsync("online");
        await Assertions.Expect(page.Locator("#ended li")).ToHaveCountAsync(0);
        Assert.Empty(browser.Complaints);
    }

    private static string Address(Service service) => $"http://127.0.0.1:{service.Port}/";

    // The test's server is on this machine, where callers' URLs may not lead unless that is allowed.
    private static string Configuration()
    {
        var file = Path.Combine(Repository.ArtifactsOfThisTest(), "visionstream.json");
        File.WriteAllText(file, """{ "allowed_schemes": "rtmp", "allow_private_hosts": true }""");
        return file;
    }
}
