using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace VisionStream.Host.Serving;

/// <summary>Safe from any thread. A log line is a line: time in UTC, level, feature, message; an exception follows on lines of its own.</summary>
internal sealed class LineFormatter(IOptionsMonitor<ConsoleFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    /// <summary>What selects it.</summary>
    public const string FormatterName = "line";

    private readonly IOptionsMonitor<ConsoleFormatterOptions> _options = options;

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = DateTimeOffset.UtcNow.ToString(_options.CurrentValue.TimestampFormat ?? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var level = logEntry.LogLevel switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            _ => "error",
        };
        var category = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        textWriter.WriteLine($"{time} {level} {category}: {logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (logEntry.Exception is not null)
        {
            textWriter.WriteLine(logEntry.Exception);
        }
    }
}
