using System.Net;
using VisionStream.Broadcaster;
using VisionStream.Broadcaster.Hosting;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Host.Bench;

/// <summary>
/// The server that <c>bench fanout</c> starts as a process of its own: the product's broadcaster on Kestrel, fed with made-up
/// results instead of a detector's. It says its address in its first line and ends when its input ends.
/// </summary>
internal static class FanoutServer
{
    /// <summary>Runs it.</summary>
    public static async Task RunAsync(FanoutOptions options, TextReader input, TextWriter output, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var feed = new DetectionFeed();
        builder.Services.AddSingleton(feed);
        builder.Services.AddBroadcaster(new BroadcasterOptions { MaxSubscribers = Math.Max(20_000, options.Subscribers) });
        await using var app = builder.Build();
        app.MapBroadcaster();
        await app.StartAsync(cancel).ConfigureAwait(false);
        await output.WriteLineAsync(app.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal) + "/ws").ConfigureAwait(false);
        await output.FlushAsync(cancel).ConfigureAwait(false);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, app.Lifetime.ApplicationStopping);
        var publishing = PublishAsync(feed, options, stop.Token);
        await input.ReadToEndAsync(stop.Token).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task PublishAsync(DetectionFeed feed, FanoutOptions options, CancellationToken cancel)
    {
        var stream = StreamName.Parse("live/bench");
        var session = StreamSession.Start(TimeProvider.System);
        var model = new ModelInfo("yolov8n-640", [.. Enumerable.Range(0, 80).Select(i => $"class {i}")]);
        var detections = Enumerable.Range(0, options.Detections)
            .Select(i => new Detection(i, $"class {i}", 0.8765f - (i * 0.01f), new BoundingBox(102.34f + i, 144.56f, 170.78f, 263.9f)))
            .ToArray();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.Rate));
        for (var sequence = 1L; await pace.WaitForNextTickAsync(cancel).ConfigureAwait(false); sequence++)
        {
            feed.Publish(new FrameDetections
            {
                Stream = stream,
                Session = session,
                Sequence = sequence,
                FrameId = sequence * 3,
                PtsMs = sequence * 100,
                Width = 1280,
                Height = 720,
                IngestedAt = TimeProvider.System.GetUtcNow(),
                Clock = ClockSource.Arrival,
                Latency = new StageLatency(1.123, 0.456, 0.789, 31.234, 0.345, 34.567),
                Model = model,
                Dropped = 2,
                Detections = detections,
            });
        }
    }
}
