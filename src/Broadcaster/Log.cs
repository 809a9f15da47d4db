using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster;

/// <summary>Everything the broadcaster logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Subscriber {Subscriber} connected; {Count} are served.")]
    public static partial void Joined(ILogger log, string subscriber, int count);

    [LoggerMessage(2, LogLevel.Debug, "Subscriber {Subscriber} left after {Sent} messages and {Lost} lost ones; {Count} are served.")]
    public static partial void Left(ILogger log, string subscriber, long sent, long lost, int count);

    [LoggerMessage(3, LogLevel.Warning,
        "Subscriber {Subscriber} reads too slowly: {Waiting} messages wait for it, and it loses its oldest until it has caught up.")]
    public static partial void FallsBehind(ILogger log, string subscriber, int waiting);

    [LoggerMessage(4, LogLevel.Warning,
        "Subscriber {Subscriber} made no progress for {Seconds} s and is closed with 1013; it lost {Lost} messages.")]
    public static partial void ClosedSlow(ILogger log, string subscriber, double seconds, long lost);

    [LoggerMessage(5, LogLevel.Warning,
        "Sending cannot keep up: {Results} results were dropped for {Subscribers} subscribers. Fewer subscribers, or more processors.")]
    public static partial void WorkerBehind(ILogger log, long results, int subscribers);

    [LoggerMessage(6, LogLevel.Error,
        "A message about stream {Stream} cannot be encoded and is not sent; nor are others like it, of which nothing more is said.")]
    public static partial void NotEncoded(ILogger log, StreamName stream, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "A subscriber from {Address} was refused with {Status}: {Why}")]
    public static partial void Refused(ILogger log, string address, int status, string why);

    [LoggerMessage(8, LogLevel.Error, "Subscriber {Subscriber} cannot be served and is closed with 1011.")]
    public static partial void NotServed(ILogger log, string subscriber, Exception exception);
}
