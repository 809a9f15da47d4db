using Microsoft.Extensions.Logging;

namespace VisionStream.LibAv;

/// <summary>Log messages of this project.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "LibAvLine", Message = "{Line}")]
    public static partial void Line(ILogger logger, LogLevel level, string line);

    [LoggerMessage(EventId = 2, EventName = "LibAvRepeatedLine", Message = "{Line} (and {LeftOut} more like it before)")]
    public static partial void RepeatedLine(ILogger logger, LogLevel level, string line, int leftOut);
}
