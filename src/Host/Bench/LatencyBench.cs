using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Broadcaster.Client;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Stored;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Bench;

/// <summary>
/// The black-box figure: a publisher shows an object at random moments in an otherwise still picture, through a real server, and the
/// time until the first message that reports it is taken on one clock. The service under test is a process of its own; publisher
/// and subscriber share the machine with it, as the targets ask.
/// </summary>
internal static class LatencyBench
{
    // How long the object stays and how long it is away, at random, so that no phase of any timer is preferred.
    private static readonly (double Least, double Most) ShownSeconds = (0.8, 1.3);
    private static readonly (double Least, double Most) AwaySeconds = (0.8, 2.0);

    /// <summary>Runs the bench.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="executable">How to start the service; its arguments are set here.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="BadInputException">The image cannot be read, the server cannot be had, or the model does not find the object.</exception>
    public static async Task<LatencyReport> RunAsync(LatencyOptions options, ProcessStartInfo executable, CancellationToken cancel)
    {
        var (scene, inferenceAlone) = await ReadSceneAsync(options, cancel);
        await using var server = options.Via is null ? await RtmpServer.StartAsync(cancel) : null;
        var url = options.Via ?? server!.Url;
        using var live = new LiveStream(StreamName.Parse("bench"));
        await using var publisher = AnnotatedStream.Start(
            live, new DetectionFeed(), new AnnotationOptions { Target = TargetUrl.Parse(url), Boxes = false, Audio = AudioMode.None }, NullLogger.Instance);

        await using var service = options.Peer is { } peer
            ? await ServiceUnderTest.StartPeerAsync(peer, url, options.Model, cancel)
            : await ServiceUnderTest.StartAsync(executable, ["--stream", $"bench={url}", "--model", options.Model, .. options.Service], cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var shower = new ObjectShower(scene, live.Ring, options.FramesPerSecond);
        var showing = shower.RunAsync(stop.Token);
        var measuring = MeasureAsync(options, service, shower, inferenceAlone, options.Via ?? RtmpServer.Name, stop.Token);
        var ending = service.WaitForExitAsync(stop.Token);
        var hasEnded = await Task.WhenAny(measuring, ending) == ending && !cancel.IsCancellationRequested;
        await stop.CancelAsync();
        await showing;
        if (hasEnded)
        {
            throw new BadInputException($"The program under test ended by itself, with exit code {await ending}.");
        }

        return await measuring;
    }

    private static async Task<LatencyReport> MeasureAsync(
        LatencyOptions options, ServiceUnderTest service, ObjectShower shower, double inferenceAlone, string via, CancellationToken cancel)
    {
        var client = new DetectionClient(new Uri($"ws://127.0.0.1:{service.Port}/ws"), token: null, TimeProvider.System);
        var trials = new List<LatencyTrial>();
        var (missed, messages, trial) = (0, 0, -1);
        var (startedAt, usage) = (0L, default(ProcessUsage));
        long? shownAt = null;
        var nextChange = TimeProvider.System.GetTimestamp() + Ticks((3, 4));
        await foreach (var bytes in client.ReadAsync(cancel))
        {
            var now = TimeProvider.System.GetTimestamp();
            using var message = JsonDocument.Parse(bytes);
            if (!message.RootElement.GetProperty("type").ValueEquals("detections"u8))
            {
                continue;
            }

            messages++;
            var found = message.RootElement.GetProperty("detections").GetArrayLength() > 0;
            if (found && shownAt is null && !shower.IsShown && now > shower.HiddenAt + (2 * TimeProvider.System.TimestampFrequency))
            {
                throw new BadInputException("The model finds something in the empty picture; choose another model or image.");
            }

            if (found && shownAt is { } since)
            {
                // The first two warm everything up.
                if (trial > 1)
                {
                    trials.Add(new LatencyTrial(TimeProvider.System.GetElapsedTime(since, now).TotalMilliseconds, LatencyTrial.StagesOf(message.RootElement)));
                }

                shownAt = null;
            }

            if (now < nextChange)
            {
                continue;
            }

            if (shower.IsShown)
            {
                missed += shownAt is null ? 0 : 1;
                shownAt = null;
                shower.Hide();
                nextChange = now + Ticks(AwaySeconds);
            }
            else if (!found)
            {
                if (++trial == 2)
                {
                    (startedAt, usage, messages) = (now, service.Usage, 0);
                }

                if (trial == options.Trials + 2)
                {
                    var seconds = TimeProvider.System.GetElapsedTime(startedAt, now).TotalSeconds;
                    var used = service.Usage;
                    return new LatencyReport(
                        trials, missed, messages / seconds, inferenceAlone,
                        (used.User + used.Kernel - usage.User - usage.Kernel).TotalSeconds / seconds * 100, service.PeakBytes, via);
                }

                // At a random moment between two messages, so that it does not follow their rhythm.
                shownAt = await shower.ShowAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(0, 200)), cancel);
                nextChange = shownAt.Value + Ticks(ShownSeconds);
            }
        }

        throw new OperationCanceledException(cancel);
    }

    private static async Task<(LatencyScene Scene, double InferenceAlone)> ReadSceneAsync(LatencyOptions options, CancellationToken cancel)
    {
        (LatencyScene, double)? read = null;
        if (!SourceUrl.TryParse(options.Image, out var source, out var problem) || (problem = source.FindProblem()) is not null
            || (problem = await ClipReader.ReadAsync(
                source, frame => read ??= (LatencyScene.With(frame), ModelAlone.InferenceMs(options.Model, frame)),
                TimeProvider.System, NullLoggerFactory.Instance, cancel)) is not null)
        {
            throw new BadInputException(problem);
        }

        return read ?? throw new BadInputException($"{options.Image} holds no picture.");
    }

    private static long Ticks((double Least, double Most) seconds) =>
        (long)((seconds.Least + (Random.Shared.NextDouble() * (seconds.Most - seconds.Least))) * TimeProvider.System.TimestampFrequency);
}
