using Microsoft.Playwright;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>Debian's Chromium with one page, driven by Playwright. For one test. Nothing is downloaded.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <summary>What the page complained of: errors of scripts and of its content security policy.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Hosts that were asked for anything.</summary>
    public HashSet<string> Hosts { get; } = [];

    /// <summary>Opens a window; skips the test where there is no Chromium.</summary>
    public static async Task<Browser> OpenAsync(int width = 1280, int height = 860, ColorScheme scheme = ColorScheme.Light)
    {
        var chromium = Peer.RequireProgram("chromium", "chromium");
        var playwright = await Playwright.CreateAsync();

        // Chromium's sandbox needs a user other than root.
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            ChromiumSandbox = false,
            // The microphone is Chromium's own beeper. WebRTC may use 127.0.0.1, since a machine for tests may have no network.
            Args =
            [
                "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                "--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns",
            ],
        });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        context.SetDefaultTimeout((float)Until.Patience.TotalMilliseconds);
        Assertions.SetDefaultExpectTimeout((float)Until.Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        var opened = new Browser(playwright, browser, page);
        page.PageError += (_, error) => opened.Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                opened.Complaints.Add(message.Text);
            }
        };
        page.Request += (_, request) => opened.Hosts.Add(new Uri(request.Url).Authority);
        return opened;
    }

    /// <summary>Waits until a player shows moving video, and nothing is written over it.</summary>
    public async Task PlayingAsync() => await Page.WaitForFunctionAsync(
        "() => document.querySelector('#screen').dataset.state === 'playing' && !document.querySelector('#screen-note').textContent");

    /// <summary>Keeps a picture of the page among the run's artefacts, where nobody mistakes it for a source.</summary>
    /// <param name="name">Its file's name without the ending.</param>
    /// <param name="upTo">The part of the page that is the last on it (default: null, all of the page).</param>
    public async Task PictureAsync(string name, string? upTo = null)
    {
        var options = new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "e2e", "page", name + ".png"), FullPage = true };
        if (upTo is not null)
        {
            var end = await Page.EvaluateAsync<float>("selector => document.querySelector(selector).getBoundingClientRect().bottom + scrollY + 12", upTo);
            options.Clip = new Clip { X = 0, Y = 0, Width = Page.ViewportSize!.Width, Height = end };
        }

        await Page.ScreenshotAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
