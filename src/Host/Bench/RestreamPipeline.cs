using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Ingest;
using VisionStream.Ingest.Sources;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Bench;

/// <summary>
/// The process that <c>bench restream</c> measures: the product's ingest, ring and annotated stream, as <c>serve</c> wires them, with
/// made-up results in place of a model's. It measures itself and says the sample as one line of JSON.
/// </summary>
internal static class RestreamPipeline
{
    // A source that is there sends its first key frame within two seconds; the rest is for a machine that is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it.</summary>
    /// <param name="source">The live source.</param>
    /// <param name="target">Where the annotated stream goes.</param>
    /// <param name="options">How long.</param>
    /// <param name="output">Where the sample goes.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="BadInputException">No frame went out within a minute.</exception>
    public static async Task RunAsync(string source, string target, RestreamOptions options, TextWriter output, CancellationToken cancel)
    {
        if (!SourceUrl.TryParse(source, out var url, out var problem))
        {
            throw new BadInputException(problem);
        }

        var feed = new DetectionFeed();
        using var live = new LiveStream(StreamName.Parse("live/bench"));
        using var watch = live.Ring.Watch(new MadeUpDetections(live, feed).Observe);
        await using var ingest = new StreamIngest(live, url, new IngestOptions(), feed, TimeProvider.System, NullLogger<StreamIngest>.Instance);
        await using var annotated = AnnotatedStream.Start(
            live,
            feed,
            new AnnotationOptions
            {
                Target = TargetUrl.Parse(target),
                Video = new VideoEncoding { BitRate = RestreamOptions.BitRate },
                Audio = AudioMode.None,
                Information = true,
            },
            NullLogger.Instance);
        ingest.Start();
        await Readiness.UntilAsync(
            () => annotated.Status.Sent > 0, Patience, () => $"No annotated frame went out: {annotated.Status.State} {annotated.Status.LastError}".TrimEnd(), cancel);
        await Task.Delay(options.WarmUp, cancel);
        await output.WriteLineAsync(JsonSerializer.Serialize(await MeasureAsync(annotated, options.Duration, cancel)));
    }

    private static async Task<RestreamSample> MeasureAsync(AnnotatedStream annotated, TimeSpan duration, CancellationToken cancel)
    {
        var (before, cpu, began) = (annotated.Status, Environment.CpuUsage, TimeProvider.System.GetTimestamp());
        await Task.Delay(duration, cancel);
        await Readiness.UntilAsync(() => annotated.Status.Sent > before.Sent, Patience, () => "The annotated stream came to a halt.", cancel);
        var (after, used, seconds) = (annotated.Status, Environment.CpuUsage, TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        var frames = after.Sent - before.Sent;
        var delays = annotated.NewestDelays((int)Math.Min(frames, int.MaxValue));
        return new RestreamSample(
            frames,
            after.Skipped - before.Skipped,
            seconds,
            (used.TotalTime - cpu.TotalTime).TotalMilliseconds,
            [.. delays.Select(d => d.SinceDecoded.TotalMilliseconds)],
            [.. delays.Select(d => d.SinceArrived.TotalMilliseconds)]);
    }
}
