using Microsoft.Playwright;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>The page in a real browser, on the demo's live picture.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task Boxes_are_on_the_canvas_where_the_message_has_them()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await HearMessagesAsync(page);
        await page.GotoAsync(demo.Address);
        await page.WaitForFunctionAsync("() => document.querySelector('#screen').dataset.state === 'playing' && document.querySelectorAll('#detections li').length >= 3");

        // The canvas names the frame whose boxes it shows; in one task, so that no other is drawn meanwhile.
        var wrong = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const overlay = document.querySelector("#overlay");
              for (;;) {
                await new Promise(requestAnimationFrame);
                const message = heard.get(overlay.dataset.frame);
                if (!message || message.detections.length < 2) { continue; }
                const context = overlay.getContext("2d");
                const { width, height } = message.frame;
                const scale = Math.min(overlay.width / width, overlay.height / height);
                const left = (overlay.width - width * scale) / 2, top = (overlay.height - height * scale) / 2;
                const inked = (x, y) => context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data[3] > 200;
                const wrong = [];
                for (const { label, box } of message.detections) {
                  const x0 = left + box.x * width * scale, x1 = x0 + box.w * width * scale;
                  const y0 = top + box.y * height * scale, y1 = y0 + box.h * height * scale;
                  for (const [name, x, y] of [["left", x0, (y0 + y1) / 2], ["right", x1, (y0 + y1) / 2], ["bottom", (x0 + x1) / 2, y1]]) {
                    if (x > 1 && x < overlay.width - 1 && y > 1 && y < overlay.height - 1 && !inked(x, y)) { wrong.push(`${label}: no line ${name} at ${x},${y}`); }
                  }
                }
                const free = [[0.5, 0.02], [0.02, 0.02], [0.98, 0.02]].filter(([x, y]) => !message.detections.some(({ box }) =>
                  x >= box.x - 0.2 && x <= box.x + box.w + 0.2 && y >= box.y - 0.1 && y <= box.y + box.h + 0.05));
                for (const [x, y] of free) {
                  if (inked(left + x * width * scale, top + y * height * scale)) { wrong.push(`ink without a box at ${x},${y}`); }
                }
                return wrong;
              }
            }
            """);
        Assert.Empty(wrong);
        await browser.PictureAsync("live");

        // The picture below is the camera's, not a blank: it has the red of the stop sign and the white of labels.
        var colours = await page.EvaluateAsync<int[]>(
            """
            () => {
              const picture = document.querySelector("#picture");
              const data = picture.getContext("2d").getImageData(0, 0, picture.width, picture.height).data;
              let red = 0, white = 0;
              for (let i = 0; i < data.length; i += 4) {
                if (data[i] > 150 && data[i + 1] < 80 && data[i + 2] < 80) { red++; }
                if (data[i] > 220 && data[i + 1] > 220 && data[i + 2] > 215) { white++; }
              }
              return [red, white];
            }
            """);
        Assert.All(colours, count => Assert.True(count > 1000, $"red and white pixels: {string.Join(", ", colours)}"));
        Assert.Equal([$"127.0.0.1:{demo.Port}"], browser.Hosts);
        Assert.Empty(browser.Complaints);
    }

    // The README's picture is taken here: eng/screenshots.sh.
    [Fact]
    public async Task Every_panel_fills()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(demo.Address);
        await browser.PlayingAsync();

        // A good part of the plot's half minute, at whatever rate this machine has, and then a moment with many boxes.
        await page.WaitForFunctionAsync(
            """
            () => Number(document.querySelector("#latency").dataset.results) >= 150
              && document.querySelectorAll("#counts .track").length >= 5
              && document.querySelectorAll("#detections .track").length >= 4
            """,
            null,
            new PageWaitForFunctionOptions { Timeout = 4 * (float)Until.Patience.TotalMilliseconds });
        await browser.PictureAsync("page", upTo: "#frames-card");
        await Assertions.Expect(page.Locator("#tiles .figures-line")).ToContainTextAsync("results a second");
        await Assertions.Expect(page.Locator("#latency-figures")).ToContainTextAsync("median");
        await Assertions.Expect(page.Locator("#stages li")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#frames-figures")).ToContainTextAsync("decoded");
        await Assertions.Expect(page.Locator("#frames dt").First).ToHaveTextAsync("analysed");
        await Assertions.Expect(page.Locator("#addresses dt").First).ToHaveTextAsync("websocket");

        // The same in the dark, and on a phone.
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await browser.PictureAsync("live-dark");
        await page.SetViewportSizeAsync(390, 844);
        await browser.PlayingAsync();
        await browser.PictureAsync("phone-filled-dark");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Settings_take_effect_on_the_stream()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(demo.Address);
        await page.Locator("#settings").WaitForAsync();

        await page.Locator("input[name=confidence]").FillAsync("0.8");
        await Until.TrueAsync(async () => (await demo.FactsAsync()).GetProperty("confidence").GetDouble() == 0.8, "the confidence is set");
        await page.Locator("#classes input").First.UncheckAsync();
        await Until.TrueAsync(async () => (await demo.FactsAsync()).GetProperty("classes").GetArrayLength() > 0, "a class is left out");
        await page.Locator("#show-boxes").UncheckAsync();
        await page.WaitForFunctionAsync("() => { const c = document.querySelector('#overlay'); return !c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v); }");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_class_that_is_left_out_is_found_no_more_and_comes_back()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(demo.Address);
        var list = page.Locator("#detections");
        await Assertions.Expect(list).ToContainTextAsync("stop_sign");

        await page.Locator("#classes input[value=stop_sign]").UncheckAsync();
        await Assertions.Expect(list).Not.ToContainTextAsync("stop_sign");
        await Assertions.Expect(list).ToContainTextAsync("warning_triangle");
        var classes = (await demo.FactsAsync()).GetProperty("classes").EnumerateArray().Select(c => c.GetString()!).ToHashSet();
        Assert.DoesNotContain("stop_sign", classes);
        Assert.Contains("qr_code", classes);

        await page.Locator("#classes input[value=stop_sign]").CheckAsync();
        await Assertions.Expect(list).ToContainTextAsync("stop_sign");
        Assert.Equal(0, (await demo.FactsAsync()).GetProperty("classes").GetArrayLength());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_demo_is_stopped_and_started_again_with_its_settings()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(demo.Address);
        await page.Locator("input[name=confidence]").FillAsync("0.6");
        await Until.TrueAsync(async () => (await demo.FactsAsync()).GetProperty("confidence").GetDouble() == 0.6, "the confidence is set");
        await page.Locator("#stop").ClickAsync();
        var again = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Watch demo/scene again" });
        await Assertions.Expect(again).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#tiles [data-stream]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#stage-facts")).ToBeEmptyAsync();
        await Assertions.Expect(page.Locator("#addresses")).ToBeEmptyAsync();
        await browser.PictureAsync("stopped");

        // A reload forgets nothing, and another stream could be watched instead.
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#add summary")).ToBeVisibleAsync();
        await again.ClickAsync();
        await browser.PlayingAsync();
        await Assertions.Expect(page.Locator("#detections")).ToContainTextAsync("stop_sign");
        await Assertions.Expect(again).ToHaveCountAsync(0);
        var facts = await demo.FactsAsync();
        Assert.Equal((0.6, "configured"), (facts.GetProperty("confidence").GetDouble(), facts.GetProperty("origin").GetString()));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_snapshot_is_downloaded_and_a_recording_made()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(demo.Address);
        await browser.PlayingAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#snapshot").ClickAsync());
        await Pictures.AssertJpegAsync(download, 854, 480);

        var record = page.Locator("#record");
        await record.ClickAsync();
        await Assertions.Expect(record).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(record).ToHaveTextAsync("Stop recording");
        Assert.True((await demo.GetAsync("v1/streams/demo%2Fscene/recording")).GetProperty("recording").GetBoolean());

        // Another visitor sees it too.
        await page.ReloadAsync();
        await Assertions.Expect(record).ToHaveAttributeAsync("aria-pressed", "true");
        await Until.TrueAsync(async () => (await demo.GetAsync("v1/streams/demo%2Fscene/recordings")).GetProperty("recordings").GetArrayLength() > 0, "the recording is listed");
        await record.ClickAsync();
        await Assertions.Expect(record).ToHaveTextAsync("Record");
        Assert.False((await demo.GetAsync("v1/streams/demo%2Fscene/recording")).GetProperty("recording").GetBoolean());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_service_that_goes_away_is_told_and_its_return_noticed()
    {
        var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(demo.Address);
        await browser.PlayingAsync();

        await demo.Process.StopAsync();
        await demo.DisposeAsync();
        await page.Locator("#connection[data-state=closed]").WaitForAsync();
        await Assertions.Expect(page.Locator("#screen-note")).ToContainTextAsync("The service is away");
        await browser.PictureAsync("service-away");

        await using var again = await DemoProcess.StartAsync(demo.Port);
        await page.Locator("#connection[data-state=open]").WaitForAsync();
        await browser.PlayingAsync();
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_phone_needs_no_scrolling_sideways_and_the_keyboard_reaches_everything()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var browser = await Browser.OpenAsync(390, 844, ColorScheme.Dark);
        var page = browser.Page;
        await page.GotoAsync(demo.Address);
        await page.Locator("#settings").WaitForAsync();
        await browser.PlayingAsync();

        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await browser.PictureAsync("phone-dark");

        var reached = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.name || document.activeElement.dataset.stream || document.activeElement.tagName"));
        }

        Assert.Superset(new HashSet<string> { "show-boxes", "snapshot", "demo/scene", "confidence", "fps", "class", "stop" }, reached);
    }

    // The page's own messages, by the number of their frame.
    private static async Task HearMessagesAsync(IPage page) => await page.AddInitScriptAsync(
        """
        globalThis.heard = new Map();
        globalThis.WebSocket = class extends WebSocket {
          constructor(...parts) {
            super(...parts);
            this.addEventListener("message", event => {
              const message = JSON.parse(event.data);
              if (message.type === "detections") { heard.set(String(message.frame.id), message); }
            });
          }
        };
        """);
}
