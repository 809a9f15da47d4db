using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.Ingest;

/// <summary>What reading writes to the log, URLs only redacted.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Debug, "{Stream}: libav did not know the options {Options}.")]
    public static partial void UnusedOptions(ILogger logger, StreamName stream, string options);

    [LoggerMessage(LogLevel.Error, "{Stream}: ingest failed unexpectedly.")]
    public static partial void Failed(ILogger logger, StreamName stream, Exception exception);
}
