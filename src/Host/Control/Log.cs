using VisionStream.Core.Streams;

namespace VisionStream.Host.Control;

/// <summary>What is logged of streams that come and go at run time.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Stream}: posted; watching {Source}.")]
    public static partial void Posted(ILogger logger, StreamName stream, string source);

    [LoggerMessage(2, LogLevel.Information, "{Stream}: deleted ({Why}).")]
    public static partial void Deleted(ILogger logger, StreamName stream, string why);

    [LoggerMessage(3, LogLevel.Warning, "A stream that was posted before cannot be watched; it is kept until it is posted again or deleted: {Why}")]
    public static partial void NotRestored(ILogger logger, string why);

    [LoggerMessage(4, LogLevel.Warning, "The state file '{Path}' is used by another visionstream; streams that are posted here end with this process. Name another with --state-file.")]
    public static partial void StateFileTaken(ILogger logger, string path);

    [LoggerMessage(5, LogLevel.Warning, "The state file '{Path}' is damaged ({Why}); it was set aside as '{Aside}', and no posted streams are restored.")]
    public static partial void StateFileDamaged(ILogger logger, string path, string why, string aside);

    [LoggerMessage(6, LogLevel.Error, "The state file cannot be written; streams that were posted or changed will not be as they are after a restart: {Why}")]
    public static partial void NotSaved(ILogger logger, string why);

    [LoggerMessage(7, LogLevel.Error, "{Stream}: could not be deleted when its time was over.")]
    public static partial void NotExpired(ILogger logger, StreamName stream, Exception exception);
}
