using Microsoft.Extensions.Logging;

namespace VisionStream.Restream;

/// <summary>Every line that this project logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Stream}: annotated at {Width}x{Height} with {Encoder}, {BitRate} bit/s, to {Target}")]
    public static partial void TargetReached(ILogger logger, string stream, int width, int height, string encoder, int bitRate, string target);

    [LoggerMessage(2, LogLevel.Warning, "{Stream}: {Target} is away: {Reason} Trying again in {Seconds:0.0} s")]
    public static partial void TargetAway(ILogger logger, string stream, string target, string reason, double seconds);

    [LoggerMessage(3, LogLevel.Error, "{Stream}: {Target} is given up after {Attempts} attempts: {Reason}")]
    public static partial void TargetGivenUp(ILogger logger, string stream, string target, int attempts, string reason);

    [LoggerMessage(4, LogLevel.Warning, "{Stream}: no frame for {Seconds:0.0} s; its last picture is shown, dimmed")]
    public static partial void SourceAway(ILogger logger, string stream, double seconds);

    [LoggerMessage(5, LogLevel.Information, "{Stream}: frames again after {Seconds:0.0} s")]
    public static partial void SourceBack(ILogger logger, string stream, double seconds);

    [LoggerMessage(6, LogLevel.Warning, "{Stream}: encoder or target is too slow; frames are skipped")]
    public static partial void SkippingFrames(ILogger logger, string stream);

    [LoggerMessage(7, LogLevel.Warning, "The encoder {Encoder} cannot be used, libx264 takes its place: {Reason}")]
    public static partial void EncoderReplaced(ILogger logger, string encoder, string reason);

    [LoggerMessage(8, LogLevel.Warning, "{Stream}: the sound is {Codec}, which {Target} does not take; the stream goes without. Set audio to opus or aac")]
    public static partial void SoundNotTaken(ILogger logger, string stream, string codec, string target);

    [LoggerMessage(9, LogLevel.Warning, "{Stream}: the sound is left out: {Reason}")]
    public static partial void SoundFailed(ILogger logger, string stream, string reason);

    [LoggerMessage(10, LogLevel.Error, "{Stream}: the annotated stream failed in an unforeseen way and starts again")]
    public static partial void Unforeseen(ILogger logger, string stream, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "{Source}: its clock went back by {Seconds:0.0} s; what is published goes on without a gap")]
    public static partial void ClockWentBack(ILogger logger, string source, double seconds);

    [LoggerMessage(12, LogLevel.Warning, "{Source} refuses {Wishes} and is opened as it stands: {Reason}")]
    public static partial void WishesRefused(ILogger logger, string source, string wishes, string reason);
}
