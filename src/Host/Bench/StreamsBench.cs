using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using VisionStream.Host.Configuration;
using VisionStream.Restream.Relaying;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Bench;

/// <summary>
/// <c>bench streams</c>: how many streams of 720p30 hold 10 detections a second. One clip is published through a real server, packets as
/// they are, and the service reads it as often as streams are tried, each time as a stream of its own that it decodes and analyses.
/// Server and publisher share the machine.
/// </summary>
internal static class StreamsBench
{
    // Opening the streams, loading the model, the first token buckets.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <summary>Runs it, writes the floor, a line for each number of streams tried, and the answer.</summary>
    /// <exception cref="BadInputException">Clip, model or server cannot be had.</exception>
    public static async Task<int> RunAsync(StreamsOptions options, ProcessStartInfo executable, TextWriter output, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("visionstream-bench-").FullName;
        try
        {
            var clip = Path.Combine(folder, "clip.flv");
            await BenchClip.MakeAsync(options.Clip, WarmUp + options.Duration + TimeSpan.FromSeconds(10), clip, cancel);
            await output.WriteLineAsync((await StreamsFloor.MeasureAsync(options.Model, clip, cancel)).ToString());
            var holds = await SearchAsync(options.Most, async streams =>
            {
                var step = await MeasureAsync(options, streams, clip, executable, cancel);
                await output.WriteLineAsync(step.ToString());
                return step.Holds;
            });
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{holds} streams of 720p30 at 10 detections a second each, {Environment.ProcessorCount} cores, server and publisher beside it"));
            return ExitCode.Success;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The largest number up to a limit that holds, when all smaller ones do: doubles, then halves the gap.</summary>
    internal static async Task<int> SearchAsync(int most, Func<int, Task<bool>> holds)
    {
        var (good, bad) = (0, most + 1);
        for (var next = 1; next < bad; next = Math.Min(next * 2, bad == most + 1 ? most : bad))
        {
            if (await holds(next))
            {
                good = next;
            }
            else
            {
                bad = next;
            }

            if (good == most)
            {
                return most;
            }
        }

        while (bad - good > 1)
        {
            var middle = (good + bad) / 2;
            (good, bad) = await holds(middle) ? (middle, bad) : (good, middle);
        }

        return good;
    }

    private static async Task<StreamsStep> MeasureAsync(StreamsOptions options, int streams, string clip, ProcessStartInfo executable, CancellationToken cancel)
    {
        await using var server = await RtmpServer.StartAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var relay = new Relay().RunAsync(
            new RelayOptions { Source = MediaSource.OfFile(clip), Target = TargetUrl.Parse(server.Url) }, progress: null, stop.Token);
        var arguments = Enumerable.Range(1, streams)
            .SelectMany(n => (string[])["--stream", string.Create(CultureInfo.InvariantCulture, $"bench/{n}={server.Url}")]);
        await using var service = await ServiceUnderTest.StartAsync(executable, [.. arguments, "--model", options.Model], cancel);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.Port}") };
        await Task.Delay(WarmUp, cancel);
        var (before, usage, began) = (await CountsAsync(http, cancel), service.Usage, Stopwatch.GetTimestamp());
        await Task.Delay(options.Duration, cancel);
        var (after, used, seconds) = (await CountsAsync(http, cancel), service.Usage, Stopwatch.GetElapsedTime(began).TotalSeconds);
        await stop.CancelAsync();
        await relay;
        var analysed = after.Zip(before, (a, b) => (a.Analysed - b.Analysed) / seconds).ToList();
        return new StreamsStep(
            streams, analysed.Min(), analysed.Max(), after.Zip(before, (a, b) => (a.Decoded - b.Decoded) / seconds).Min(),
            (used.User + used.Kernel - usage.User - usage.Kernel).TotalSeconds / seconds, service.PeakBytes);
    }

    private static async Task<IReadOnlyList<(long Decoded, long Analysed)>> CountsAsync(HttpClient http, CancellationToken cancel)
    {
        using var answer = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri("/v1/streams", UriKind.Relative), cancel));
        return [.. answer.RootElement.GetProperty("streams").EnumerateArray().Select(s => s.GetProperty("frames"))
            .Select(f => (f.GetProperty("decoded").GetInt64(), f.GetProperty("analysed").GetInt64()))];
    }
}
