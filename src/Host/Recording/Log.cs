namespace VisionStream.Host.Recording;

/// <summary>What is logged of recordings' files.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The {Files} oldest recordings were deleted: recordings_max_bytes is {Most}.")]
    public static partial void RecordingsTrimmed(ILogger logger, int files, long most);

    [LoggerMessage(2, LogLevel.Warning, "Recordings cannot be deleted, so that they may become more than recordings_max_bytes ({Most}): {Why}")]
    public static partial void RecordingsNotTrimmed(ILogger logger, long most, string why);
}
