using System.Diagnostics;
using System.Text.Json;
using VisionStream.Host.Configuration;
using VisionStream.Restream.Relaying;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Bench;

/// <summary>
/// <c>bench restream</c>: what the annotated stream costs and how much later it is than its source. A clip is published live through a
/// real server, packets as they are; our process and an ffmpeg that decodes and encodes the same read it and send it back there, one
/// after the other in turns. Processor times are those of the two processes alone; delays are taken in our process's own path.
/// </summary>
internal static class RestreamBench
{
    // Of the clip beyond what is measured: starting a process and reaching the source take a while on a busy machine.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(60);

    /// <summary>Runs it.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="pipeline">The command that runs <see cref="RestreamPipeline"/> from the first address to the second.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="BadInputException">Clip, server or ffmpeg cannot be had.</exception>
    public static async Task<RestreamReport> RunAsync(
        RestreamOptions options, Func<string, string, ProcessStartInfo> pipeline, CancellationToken cancel)
    {
        var load = string.Join(' ', (await File.ReadAllTextAsync("/proc/loadavg", cancel)).Split(' ').Take(3));
        var folder = Directory.CreateTempSubdirectory("visionstream-bench-").FullName;
        try
        {
            var clip = Path.Combine(folder, "clip.flv");
            await BenchClip.MakeAsync(options.Clip, options.WarmUp + options.Duration + Reserve, clip, cancel);
            var (ours, ffmpeg) = (new List<RestreamSample>(), new List<RestreamSample>());
            for (var round = 0; round < options.Rounds; round++)
            {
                // Neither side is always the first, for the one that comes second on a machine that grows warm or slow.
                if (round % 2 == 0)
                {
                    ours.Add(await OursAsync(clip, pipeline, cancel));
                    ffmpeg.Add(await FfmpegAsync(clip, options, cancel));
                }
                else
                {
                    ffmpeg.Add(await FfmpegAsync(clip, options, cancel));
                    ours.Add(await OursAsync(clip, pipeline, cancel));
                }
            }

            return new RestreamReport(ours, ffmpeg, load);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<RestreamSample> OursAsync(string clip, Func<string, string, ProcessStartInfo> pipeline, CancellationToken cancel) =>
        BesideAsync(clip, (source, target) => SampleAsync(pipeline(source, target), cancel), cancel);

    private static Task<RestreamSample> FfmpegAsync(string clip, RestreamOptions options, CancellationToken cancel) =>
        BesideAsync(clip, (source, target) => FfmpegRestream.RunAsync(source, target, options, cancel), cancel);

    /// <summary>Measures one side beside a server and a publisher of its own, so that each sees the clip from its beginning.</summary>
    private static async Task<RestreamSample> BesideAsync(string clip, Func<string, string, Task<RestreamSample>> measure, CancellationToken cancel)
    {
        await using var server = await RtmpServer.StartAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var relay = new Relay().RunAsync(
            new RelayOptions { Source = MediaSource.OfFile(clip), Target = TargetUrl.Parse(server.Url) }, progress: null, stop.Token);
        try
        {
            return await measure(server.Url, $"{server.Url}-again");
        }
        finally
        {
            await stop.CancelAsync();
            await relay;
        }
    }

    private static async Task<RestreamSample> SampleAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        try
        {
            return await process.StandardOutput.ReadLineAsync(cancel) is { } line
                ? JsonSerializer.Deserialize<RestreamSample>(line)!
                : throw new BadInputException("The process to be measured ended early; what it wrote above says why.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
