using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Bench;

/// <summary>
/// The other side of <c>bench restream</c>: ffmpeg reads the same live source, decodes and codes it anew with the settings that the
/// annotated stream uses, and sends it to the same server.
/// </summary>
internal static class FfmpegRestream
{
    private const string FramePrefix = "frame=";

    /// <summary>Runs it for as long as the options say.</summary>
    /// <exception cref="BadInputException">There is no ffmpeg, or it ended early; the message has what it said.</exception>
    public static async Task<RestreamSample> RunAsync(string source, string target, RestreamOptions options, CancellationToken cancel)
    {
        using var process = Start(source, target);
        var said = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            var warm = await ReadAsync(process, seen => seen.Frames > 0, cancel);
            var begin = await ReadAsync(process, seen => seen.At >= warm.At + options.WarmUp, cancel);
            var end = await ReadAsync(process, seen => seen.At >= begin.At + options.Duration && seen.Frames > begin.Frames, cancel);
            return new RestreamSample(
                end.Frames - begin.Frames,
                0,
                (end.At - begin.At).TotalSeconds,
                (end.Usage.User + end.Usage.Kernel - begin.Usage.User - begin.Usage.Kernel).TotalMilliseconds,
                [],
                []);
        }
        catch (EndOfStreamException)
        {
            throw new BadInputException($"ffmpeg ended early: {(await said).Trim()}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The number of frames that a line of ffmpeg's progress tells, if it tells it.</summary>
    internal static long? FramesOf(string line) =>
        line.StartsWith(FramePrefix, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(FramePrefix.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var frames)
            ? frames
            : null;

    private static Process Start(string source, string target)
    {
        var bits = RestreamOptions.BitRate.ToString(CultureInfo.InvariantCulture);
        var buffer = (RestreamOptions.BitRate / 2).ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-progress", "pipe:1", "-stats_period", "0.1", "-threads", "1", "-rtmp_live", "live", "-i", source,
            "-an", "-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-forced-idr", "1",
            "-x264-params", "repeat-headers=1:scenecut=0", "-threads", "1", "-b:v", bits, "-maxrate", bits, "-bufsize", buffer,
            "-g", "120", "-force_key_frames", "expr:gte(t,n_forced*2)", "-f", "flv", target,
        ];
        try
        {
            return Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            throw new BadInputException("The bench compares with ffmpeg, which is not on the PATH; install it.");
        }
    }

    private static async Task<Seen> ReadAsync(Process process, Func<Seen, bool> isEnough, CancellationToken cancel)
    {
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (FramesOf(line) is { } frames)
            {
                // Looked at together, so that frames and time used belong to each other.
                var seen = new Seen(frames, TimeProvider.System.GetElapsedTime(0), ProcessUsage.Of(process.Id));
                if (isEnough(seen))
                {
                    return seen;
                }
            }
        }

        throw new EndOfStreamException();
    }

    private readonly record struct Seen(long Frames, TimeSpan At, ProcessUsage Usage);
}
