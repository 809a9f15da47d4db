using Microsoft.Playwright;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>The page before a service that asks for a key.</summary>
public sealed class PageAccessTests
{
    private const string AdminKey = "admin-key-of-this-test";
    private const string ReadKey = "reader-key-of-this-test";

    [Fact]
    public async Task Nothing_is_shown_without_a_key_a_wrong_one_is_refused_and_the_right_one_opens_everything()
    {
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cam"), new FfmpegPublisherOptions { FramesPerSecond = 15 });
        await using var service = await Service.WatchAsync("live/cam", nginx.Url("cam"), "--config", Configuration());
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync($"http://127.0.0.1:{service.Port}/");
        var dialog = page.Locator("#sign-in");
        await dialog.WaitForAsync();
        Assert.Equal(0, await page.Locator("#tiles [data-stream]").CountAsync());
        await browser.PictureAsync("key-wanted");

        await SignInAsync(page, "not-the-key-of-this-test");
        await Assertions.Expect(dialog.Locator("[role=alert]")).ToContainTextAsync("does not know this key");
        Assert.Equal(0, await page.Locator("#tiles [data-stream]").CountAsync());

        await SignInAsync(page, AdminKey);
        await browser.PlayingAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("[data-stream='live/cam'] .state")).ToHaveTextAsync("online");
        await Assertions.Expect(page.Locator("#settings")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#tiles canvas")).ToBeVisibleAsync();

        // A link would not carry the key.
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#snapshot").ClickAsync());
        Assert.Equal("live-cam.jpg", download.SuggestedFilename);
        await Pictures.AssertJpegAsync(download, 640, 360);

        // The key stays with the tab over a reload, and nowhere in an address.
        await page.ReloadAsync();
        await browser.PlayingAsync();
        Assert.DoesNotContain(AdminKey, page.Url, StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Escape_does_not_do_away_with_the_question_for_a_key()
    {
        await using var service = await Service.WatchAsync("live/cam", $"rtmp://127.0.0.1:{FreePort.Next()}/live/cam", "--config", Configuration());
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.AddInitScriptAsync("""document.addEventListener("close", () => globalThis.closings = (globalThis.closings ?? 0) + 1, true);""");
        await page.GotoAsync($"http://127.0.0.1:{service.Port}/");
        await page.Locator("#sign-in").WaitForAsync();

        // A browser asks the page once, if at all, before it closes a dialog by Escape.
        await Until.TrueAsync(async () =>
        {
            await page.Keyboard.PressAsync("Escape");
            return await page.EvaluateAsync<bool>("() => globalThis.closings > 0");
        }, "the browser closes the dialog");
        await Assertions.Expect(page.Locator("#sign-in")).ToBeVisibleAsync();

        await SignInAsync(page, AdminKey);
        await Assertions.Expect(page.Locator("[data-stream='live/cam']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#sign-in")).ToBeHiddenAsync();
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_key_that_only_reads_is_shown_no_controls()
    {
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cam"), new FfmpegPublisherOptions { FramesPerSecond = 15 });
        await using var service = await Service.WatchAsync("live/cam", nginx.Url("cam"), "--config", Configuration());
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        var refused = new TaskCompletionSource();
        page.Response += (_, response) =>
        {
            if (response.Request.Method == "POST" && response.Url.EndsWith("/recording", StringComparison.Ordinal) && response.Status == 403)
            {
                refused.TrySetResult();
            }
        };
        await page.GotoAsync($"http://127.0.0.1:{service.Port}/");
        await SignInAsync(page, ReadKey);
        await browser.PlayingAsync();

        // The last thing that the page tries on a stream.
        await refused.Task.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
        foreach (var control in (string[])["#settings", "#record", "#add"])
        {
            await Assertions.Expect(page.Locator(control)).ToBeHiddenAsync();
        }

        await Assertions.Expect(page.Locator("#snapshot")).ToBeVisibleAsync();
        await browser.PictureAsync("reader");
        Assert.Empty(browser.Complaints);
    }

    private static async Task SignInAsync(IPage page, string key)
    {
        await page.Locator("#sign-in input").FillAsync(key);
        await page.Locator("#sign-in button").ClickAsync();
    }

    private static string Configuration()
    {
        var file = Path.Combine(Repository.ArtifactsOfThisTest(), "visionstream.json");
        File.WriteAllText(file, $$"""
            { "keys": [ { "name": "admin", "secret": "{{AdminKey}}", "scopes": ["admin"] }, { "name": "reader", "secret": "{{ReadKey}}", "scopes": ["read:live/*"] } ],
              "signing_key_file": "{{Path.Combine(Repository.ArtifactsOfThisTest(), "signing-key.pem")}}" }
            """);
        return file;
    }
}
