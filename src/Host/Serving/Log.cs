using VisionStream.Core.Streams;

namespace VisionStream.Host.Serving;

/// <summary>The service's own log lines.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Stream}: watching {Source} with {Model}, {Fps} detections a second.")]
    public static partial void Watching(ILogger logger, StreamName stream, string source, string model, double fps);

    [LoggerMessage(2, LogLevel.Warning, "Streams that are posted end with this process. {Why}")]
    public static partial void NoStateFile(ILogger logger, string why);
}
