using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Host.Configuration;
using VisionStream.Host.Demo;
using VisionStream.Host.Models;
using VisionStream.Host.Serving;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream</c> without a verb: the demo, which needs no camera, no server and no model of the user's own.</summary>
internal static class DemoCommand
{
    // Where MediaMTX has its control API unless told otherwise.
    private const string UsualMediaMtx = "http://127.0.0.1:9997";

    private static readonly Option<string?> Listen = new("--listen") { Description = "Of the demo: address and port of page and WebSocket (default: 127.0.0.1:8765)" };
    private static readonly Option<string?> MediaMtx = new("--mediamtx") { Description = $"Of the demo: MediaMTX's control API, which is used if it answers, or none (default: {UsualMediaMtx})" };
    private static readonly Option<string?> Annotate = new("--annotate") { Description = "Of the demo: where its annotated video goes, for example rtmp://HOST/live/demo or a file (default: beside the camera's on a MediaMTX that answers)" };

    /// <summary>Makes the demo what happens without a verb.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Listen);
        root.Options.Add(MediaMtx);
        root.Options.Add(Annotate);
        root.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(Listen), parsed.GetValue(MediaMtx) ?? UsualMediaMtx, parsed.GetValue(Annotate), cancel));
    }

    private static async Task<int> RunAsync(string? listen, string mediaMtx, string? annotate, CancellationToken cancel)
    {
        var route = await DemoRoute.FindAsync(ApiOf(mediaMtx), TimeProvider.System, cancel);
        var options = ServeOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["listen"] = listen,
            ["model"] = ModelLibrary.DemoModel,
            ["log_level"] = "warning",

            // Streams that somebody made elsewhere do not come back here, nor the other way round.
            ["state_file"] = "",

            // One box a thing, and none that comes and goes: calmer to look at than what a program would ask for.
            ["confidence"] = "0.5",
            ["iou"] = "0.45",
            ["streams:0:name"] = DemoRoute.Stream.Value,
            ["streams:0:url"] = route.Source,
            ["streams:0:annotate"] = annotate ?? (route.MediaMtx is null ? null : "true"),

            // For the addresses that viewers take; other paths of that server are left alone.
            ["mediamtx:api"] = route.MediaMtx,
            ["mediamtx:rtsp"] = route.Rtsp,
            ["mediamtx:rules:0:match"] = route.MediaMtx is null ? null : DemoRoute.Stream.Value,
            ["mediamtx:rules:0:profile"] = route.MediaMtx is null ? null : "ignore",
        }.Where(setting => setting.Value is not null)).Build());
        DemoCamera? camera = null;
        try
        {
            return await Service.RunAsync(options, cancel, app =>
            {
                // What happens between the camera and our own listener is told by the listener's side.
                ILogger logger = route.MediaMtx is null ? NullLogger.Instance : app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<DemoCamera>();
                camera = DemoCamera.Start(TargetUrl.Parse(route.Publish), logger, TimeProvider.System);
                if (route.Refusal is { } refusal)
                {
                    Console.WriteLine(refusal);
                }

                Console.WriteLine($"The demo is at {Service.Address(app)}/  (Ctrl-C ends it)");
                Console.WriteLine(annotate is not null ? $"Its annotated video goes to {TargetUrl.Parse(annotate)}."
                    : route.MediaMtx is null ? $"Its camera publishes to {route.Publish}, which is VisionStream's own listener."
                    : $"Its camera publishes to {route.Publish}, and the annotated video is at {route.Rtsp}/{DemoRoute.Stream}-annotated.");
            });
        }
        finally
        {
            if (camera is not null)
            {
                await camera.DisposeAsync();
            }
        }
    }

    private static string? ApiOf(string text) =>
        text == "none" ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? text
        : throw new BadInputException($"--mediamtx: '{text}' is neither an address such as {UsualMediaMtx} nor none.");
}
