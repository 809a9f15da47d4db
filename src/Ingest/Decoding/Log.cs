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

    [LoggerMessage(LogLevel.Warning, "{Stream}: the decoder refused {Keys} key frames in a row; small errors are tolerated from now on.")]
    public static partial void Lenient(ILogger logger, StreamName stream, int keys);

    [LoggerMessage(LogLevel.Warning, "{Stream}: the numbers of its pictures jump all the time; they are no longer taken for lost pictures.")]
    public static partial void NumbersJump(ILogger logger, StreamName stream);
}
