using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>The page's controls act on the stream that they were shown for, whatever is chosen while the service is busy.</summary>
public sealed class PageControlsTests
{
    [Fact]
    public async Task Stop_ends_the_stream_it_was_pressed_for_though_another_is_chosen_meanwhile()
    {
        await using var service = await TwoStreamsAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        var deleted = new ConcurrentQueue<string>();
        var held = new Gate();
        page.Request += (_, request) =>
        {
            if (request.Method == "DELETE")
            {
                deleted.Enqueue(new Uri(request.Url).AbsolutePath);
            }
        };
        await page.RouteAsync("**/v1/streams/live%2Fa", route => held.PassAsync(route, method: "GET"));
        await ChooseAsync(page, service, "live/a");

        held.Close();
        await page.Locator("#stop").ClickAsync();
        await Assertions.Expect(page.Locator("#stop")).ToBeDisabledAsync();

        // That the other's settings are shown is the last that is done for it before somebody can press anything.
        await page.Locator("[data-stream='live/b']").ClickAsync();
        await Assertions.Expect(page.Locator("#stage-name")).ToHaveTextAsync("live/b");
        await Assertions.Expect(page.Locator("#settings")).ToBeVisibleAsync();
        await held.OpenAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Watch live/a again" })).ToBeVisibleAsync();
        Assert.Equal(["/v1/streams/live%2Fa"], deleted);
        await Assertions.Expect(page.Locator("#stop")).ToBeEnabledAsync();
        Assert.Equal("live/b", (await service.FactsAsync("live%2Fb")).GetProperty("name").GetString());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task While_another_stream_is_fetched_the_former_ones_controls_are_gone_and_its_changes_are_kept()
    {
        await using var service = await TwoStreamsAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        var held = new Gate();
        await page.RouteAsync("**/v1/streams/live%2Fb", route => held.PassAsync(route));
        await ChooseAsync(page, service, "live/a");
        held.Close();

        // In one task, so that the change is not sent before the other stream is chosen.
        await page.EvaluateAsync(
            """
            () => {
              const confidence = document.querySelector("input[name=confidence]");
              confidence.value = "0.8";
              confidence.dispatchEvent(new Event("input", { bubbles: true }));
              document.querySelector("[data-stream='live/b']").click();
            }
            """);
        await Assertions.Expect(page.Locator("#stage-name")).ToHaveTextAsync("live/b");
        Assert.True(await page.Locator("#settings").IsHiddenAsync());
        Assert.True(await page.Locator("#record").IsHiddenAsync());
        await Until.TrueAsync(async () => await ConfidenceAsync(service, "live%2Fa") == 0.8, "the change reaches its stream");

        await held.OpenAsync();
        await Assertions.Expect(page.Locator("#settings")).ToBeVisibleAsync();
        Assert.NotEqual(0.8, await ConfidenceAsync(service, "live%2Fb"));
        Assert.NotEqual("0.8", await page.Locator("input[name=confidence]").InputValueAsync());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_had_is_told_why()
    {
        await using var service = await TwoStreamsAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await ChooseAsync(page, service, "live/a");

        await page.Locator("#snapshot").ClickAsync();
        await Assertions.Expect(page.Locator("#stage-alert")).ToContainTextAsync("live/a has had no frame yet");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_annotated_videos_height_and_rate_are_shown_as_they_are_and_go_back_to_the_sources()
    {
        await using var service = await Service.WatchAsync(
            "live/cam", $"rtmp://127.0.0.1:{FreePort.Next()}/live/cam", "--annotate", $"live/cam=rtmp://127.0.0.1:{FreePort.Next()}/live/out");
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await ChooseAsync(page, service, "live/cam");
        var (height, rate) = (page.Locator("[name=annotated_height]"), page.Locator("[name=annotated_fps]"));
        await height.SelectOptionAsync("480");
        await rate.SelectOptionAsync("15");
        await Until.TrueAsync(async () => await AnnotatedAsync(service) is ("480", "15"), "height and rate are set");

        // Another visitor sees them, also those that the page does not offer.
        await page.ReloadAsync();
        await Assertions.Expect(height).ToHaveValueAsync("480");
        await Assertions.Expect(rate).ToHaveValueAsync("15");
        await service.SendAsync(HttpMethod.Patch, "/v1/streams/live%2Fcam", new { annotated_height = 600 });
        await Assertions.Expect(height).ToHaveValueAsync("600");

        await height.SelectOptionAsync("");
        await rate.SelectOptionAsync("");
        await Until.TrueAsync(async () => await AnnotatedAsync(service) is ("", ""), "height and rate are the source's");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#annotated-settings")).ToBeVisibleAsync();
        await Assertions.Expect(height).ToHaveValueAsync("");

        // What is switched off here can be switched on here, though the stream has an address of its own.
        var annotate = page.Locator("[name=annotate]");
        await annotate.UncheckAsync();
        await Until.TrueAsync(async () => await AnnotatedAsync(service) is null, "nothing is published any more");
        await Assertions.Expect(height).ToBeDisabledAsync();
        await annotate.CheckAsync();
        await Until.TrueAsync(async () => await AnnotatedAsync(service) is not null, "it is published again");
        await Assertions.Expect(height).ToBeEnabledAsync();
        Assert.Empty(browser.Complaints);
    }

    private static async Task<(string Height, string Rate)?> AnnotatedAsync(Service service) =>
        (await service.FactsAsync("live%2Fcam")).GetProperty("annotated") is { ValueKind: JsonValueKind.Object } annotated
            ? (annotated.GetProperty("height").ToString(), annotated.GetProperty("fps").ToString())
            : null;

    private static async Task<double> ConfidenceAsync(Service service, string name) => (await service.FactsAsync(name)).GetProperty("confidence").GetDouble();

    private static async Task ChooseAsync(IPage page, Service service, string name)
    {
        await page.GotoAsync($"http://127.0.0.1:{service.Port}/");
        await page.Locator($"[data-stream='{name}']").ClickAsync();
        await Assertions.Expect(page.Locator("#stage-name")).ToHaveTextAsync(name);
        await Assertions.Expect(page.Locator("#settings")).ToBeVisibleAsync();
    }

    // Nobody publishes either; they are there all the same.
    private static Task<Service> TwoStreamsAsync() => Service.StartAsync(
        "--stream", $"live/a=rtmp://127.0.0.1:{FreePort.Next()}/live/a",
        "--stream", $"live/b=rtmp://127.0.0.1:{FreePort.Next()}/live/b",
        "--model", SharedFiles.Model(Service.LightModel));
}
