using VisionStream.Host.Configuration;
using VisionStream.Host.Serving;
using VisionStream.Ingest;

namespace VisionStream.Host.Cli;

/// <summary>Stateless. What publishing and relaying have in common: libraries, checked options, log lines, a line of progress, an exit code.</summary>
internal static class MediaRun
{
    /// <summary>Runs one.</summary>
    /// <param name="errors">What is wrong with its options, a sentence each.</param>
    /// <param name="run">Does it; true when it came to its end or was told to stop.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="BadInputException">FFmpeg's libraries or the options cannot be used.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> errors, Func<ILoggerFactory, ProgressLine, Task<bool>> run)
    {
        FfmpegLibraries.Load();
        if (errors.Count > 0)
        {
            throw new BadInputException(errors);
        }

        using var loggers = LoggerFactory.Create(logging => logging.AddLines(LogLevel.Warning));
        MediaLibraries.LogTo(loggers.CreateLogger("FFmpeg"));
        var progress = new ProgressLine();
        var succeeded = await run(loggers, progress);
        progress.End();
        return succeeded ? ExitCode.Success : ExitCode.Failure;
    }
}
