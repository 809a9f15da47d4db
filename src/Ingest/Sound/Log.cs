using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.Ingest.Sound;

/// <summary>What the tap of the sound writes to the log.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Stream}: its sound is coded as {Codec}, which is not passed on; AAC, Opus, MP3 and G.711 are.")]
    public static partial void UnknownSound(ILogger logger, StreamName stream, string codec);

    [LoggerMessage(LogLevel.Warning, "{Stream}: its sound is {Codec} without the header that a decoder needs; it is left out until the source is opened again.")]
    public static partial void UndescribedSound(ILogger logger, StreamName stream, string codec);
}
