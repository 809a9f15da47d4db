using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.Ingest.Status;

/// <summary>What the states of a stream write to the log: one warning an episode, URLs only redacted.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Stream}: opening {Source}.")]
    public static partial void Opening(ILogger logger, StreamName stream, string source);

    [LoggerMessage(LogLevel.Information, "{Stream}: online, {Codec} {Width}x{Height} {Layout}, session {Session}.")]
    public static partial void Online(ILogger logger, StreamName stream, string codec, int width, int height, string layout, string session);

    [LoggerMessage(LogLevel.Information, "{Stream}: frames are now {Width}x{Height} {Layout}.")]
    public static partial void FormatChanged(ILogger logger, StreamName stream, int width, int height, string layout);

    [LoggerMessage(LogLevel.Warning, "{Stream}: {Reason} (tried again until it is back)")]
    public static partial void Lost(ILogger logger, StreamName stream, string reason);

    [LoggerMessage(LogLevel.Debug, "{Stream}: still away after {Attempts} attempts: {Reason}")]
    public static partial void StillLost(ILogger logger, StreamName stream, int attempts, string reason);

    [LoggerMessage(LogLevel.Information, "{Stream}: back after {Attempts} attempts.")]
    public static partial void Recovered(ILogger logger, StreamName stream, int attempts);

    [LoggerMessage(LogLevel.Information, "{Stream}: {Reason}")]
    public static partial void OpenedAgain(ILogger logger, StreamName stream, string reason);

    [LoggerMessage(LogLevel.Error, "{Stream}: {Reason}")]
    public static partial void Unusable(ILogger logger, StreamName stream, string reason);

    [LoggerMessage(LogLevel.Information, "{Stream}: {Reason}")]
    public static partial void Ended(ILogger logger, StreamName stream, string reason);

    [LoggerMessage(LogLevel.Error, "{Stream}: a subscriber to its state failed.")]
    public static partial void SubscriberFailed(ILogger logger, StreamName stream, Exception exception);
}
