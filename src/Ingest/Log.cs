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

    [LoggerMessage(LogLevel.Information, "{Stream}: recording to {File}.")]
    public static partial void RecordingBegins(ILogger logger, StreamName stream, string file);

    [LoggerMessage(LogLevel.Warning, "{Stream}: the disk is too slow for the recording; it goes on with the next key frame.")]
    public static partial void RecordingFallsBehind(ILogger logger, StreamName stream);

    [LoggerMessage(LogLevel.Error, "{Stream}: the recording has ended: {Reason} The stream goes on.")]
    public static partial void RecordingFailed(ILogger logger, StreamName stream, string reason);

    [LoggerMessage(LogLevel.Error, "{Stream}: the recording has ended unexpectedly. The stream goes on.")]
    public static partial void RecordingBroke(ILogger logger, StreamName stream, Exception exception);
}
