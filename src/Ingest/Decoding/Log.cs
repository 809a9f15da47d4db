using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.Ingest.Decoding;

/// <summary>What the way of the frames writes to the log: one warning an episode.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Stream}: damaged at pts {PtsMs:F0} ms; frames are dropped until the next key frame.")]
    public static partial void Damaged(ILogger logger, StreamName stream, double ptsMs);

    [LoggerMessage(LogLevel.Information, "{Stream}: sound again; {Dropped} frames were dropped as damaged so far.")]
    public static partial void Mended(ILogger logger, StreamName stream, long dropped);

    [LoggerMessage(LogLevel.Warning, "{Stream}: every slot of the ring is held by readers; frames are dropped.")]
    public static partial void RingFull(ILogger logger, StreamName stream);
}
