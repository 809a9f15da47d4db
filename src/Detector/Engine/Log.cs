using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.Detector.Engine;

/// <summary>The engine's log lines.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Stream}: the model fails on its frames; they are counted as inference_failed until it works again.")]
    public static partial void InferenceFails(ILogger logger, StreamName stream, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "{Stream}: the model works again.")]
    public static partial void InferenceWorksAgain(ILogger logger, StreamName stream);

    [LoggerMessage(3, LogLevel.Error, "{Stream}: a subscriber of the feed failed on a result.")]
    public static partial void SubscriberFailed(ILogger logger, StreamName stream, Exception exception);
}
