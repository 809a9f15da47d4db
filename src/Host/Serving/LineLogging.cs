using Microsoft.Extensions.Logging.Console;

namespace VisionStream.Host.Serving;

/// <summary>Log lines on standard error in one form, whichever verb writes them.</summary>
internal static class LineLogging
{
    /// <summary>Writes lines as <see cref="LineFormatter"/> has them, instead of what was there.</summary>
    /// <param name="logging">What is set up.</param>
    /// <param name="least">The least level that is written.</param>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging, LogLevel least) => logging
        .ClearProviders()
        .SetMinimumLevel(least)
        .AddFilter("Microsoft", LogLevel.Warning)

        // Why a service cannot start is told as one sentence, where it is started.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
        .AddConsole(console =>
        {
            console.FormatterName = LineFormatter.FormatterName;

            // Standard output is for what scripts read.
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        })
        .AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
}
