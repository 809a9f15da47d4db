using Microsoft.Playwright;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>The page before a service that is silent or away: what it asks meanwhile, and what it says aloud.</summary>
public sealed class PageOutageTests
{
    [Fact]
    public async Task A_service_that_answers_nothing_is_asked_one_thing_at_a_time_and_given_up_in_the_end()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.AddInitScriptAsync(
            """
            globalThis.asked = { silent: false, open: 0, most: 0, givenUp: 0 };
            const real = fetch;
            globalThis.fetch = (path, options) => asked.silent && path === "v1/streams/demo%2Fscene"
              ? new Promise((_, reject) => {
                  asked.most = Math.max(asked.most, ++asked.open);
                  options.signal?.addEventListener("abort", () => {
                    asked.open--;
                    asked.givenUp++;
                    reject(options.signal.reason);
                  });
                })
              : real(path, options);
            """);
        await page.GotoAsync(demo.Address);
        await browser.PlayingAsync();
        await Assertions.Expect(page.Locator("#settings")).ToBeVisibleAsync();

        await page.EvaluateAsync("() => { asked.silent = true; }");
        await page.WaitForFunctionAsync("() => asked.givenUp >= 2");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => asked.most"));

        // It answers again, and the page goes on.
        await page.EvaluateAsync("() => { asked.silent = false; document.querySelector('#frames-figures').textContent = ''; }");
        await Assertions.Expect(page.Locator("#frames-figures")).ToContainTextAsync("decoded");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task An_outage_is_announced_once_however_often_the_page_tries_again()
    {
        var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await HearAnnouncementsAsync(page);
        await page.GotoAsync(demo.Address);
        await browser.PlayingAsync();
        var tries = 0;
        page.RequestFailed += (_, request) => Interlocked.Add(ref tries, request.Url.EndsWith("/v1/streams", StringComparison.Ordinal) ? 1 : 0);
        await page.EvaluateAsync("() => { said.length = 0; }");

        await demo.Process.StopAsync();
        await demo.DisposeAsync();
        await Until.TrueAsync(() => Volatile.Read(ref tries) >= 12, "the page tries again and again");
        Assert.Equal(["Service away, trying again"], (await SaidAsync(page)).Where(text => text.Length > 0 && !text.StartsWith("demo/scene", StringComparison.Ordinal)));

        await using var again = await DemoProcess.StartAsync(demo.Port);
        await page.Locator("#connection[data-state=open]").WaitForAsync();
        Assert.Equal("Live", (await SaidAsync(page)).Last(text => text.Length > 0 && !text.StartsWith("demo/scene", StringComparison.Ordinal)));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Silence_is_announced_without_the_seconds_that_are_shown()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await HearAnnouncementsAsync(page);
        await page.AddInitScriptAsync(
            """
            globalThis.mute = false;
            globalThis.WebSocket = class extends WebSocket {
              set onmessage(listener) {
                super.onmessage = event => mute || listener(event);
              }
            };
            """);
        await page.GotoAsync(demo.Address);
        await browser.PlayingAsync();
        Assert.Contains("demo/scene: online", await SaidAsync(page));

        // The seconds are counted where they can be seen.
        await page.EvaluateAsync("() => { said.length = 0; mute = true; }");
        var note = page.Locator("#screen-note");
        await Assertions.Expect(note).ToContainTextAsync("Nothing new has come for");
        var first = await note.TextContentAsync();
        await Assertions.Expect(note).Not.ToHaveTextAsync(first!);
        await Assertions.Expect(note).ToContainTextAsync("Nothing new has come for");
        await Assertions.Expect(page.Locator("#screen-state")).ToHaveTextAsync("demo/scene: nothing new comes");
        var said = await SaidAsync(page);
        Assert.True(said.Count(text => text.EndsWith("nothing new comes", StringComparison.Ordinal)) <= 1, string.Join("; ", said));
        Assert.DoesNotContain(said, text => text.Any(char.IsAsciiDigit));
        Assert.Empty(browser.Complaints);
    }

    // What a screen reader would say: each new text of a live region.
    private static async Task HearAnnouncementsAsync(IPage page) => await page.AddInitScriptAsync(
        """
        globalThis.said = [];
        new MutationObserver(changes => {
          const regions = changes.map(({ target }) => (target.closest ? target : target.parentElement)?.closest("[role=status], [role=alert], [aria-live]"));
          for (const region of new Set(regions.filter(Boolean))) {
            said.push(region.textContent);
          }
        }).observe(document, { subtree: true, childList: true, characterData: true });
        """);

    private static Task<string[]> SaidAsync(IPage page) => page.EvaluateAsync<string[]>("() => said");
}
