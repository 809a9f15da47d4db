using System.Net;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx;

/// <summary>Everything that is logged about MediaMTX and about who may do what. Never a key, a token or a password.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Sentence} It is asked again; streams that run stay as they are.")]
    public static partial void MediaMtxLost(ILogger log, string sentence);

    [LoggerMessage(2, LogLevel.Information, "MediaMTX at {Address} answers again after {Seconds:0.#} s.")]
    public static partial void MediaMtxBack(ILogger log, string address, double seconds);

    [LoggerMessage(3, LogLevel.Information, "Path {Stream}: {Change}, profile {Profile}.")]
    public static partial void Decided(ILogger log, StreamName stream, Enum change, string profile);

    [LoggerMessage(4, LogLevel.Warning, "Path {Stream} cannot be watched: {Why} It is tried again every {Seconds:0} s while a publisher is there.")]
    public static partial void NotAttached(ILogger log, StreamName stream, string why, double seconds);

    [LoggerMessage(5, LogLevel.Error, "Path {Stream}: the host failed at {Change}.")]
    public static partial void NotDecided(ILogger log, StreamName stream, Enum change, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "{Count} more paths of MediaMTX meet a rule, but {Most} are watched already; raise the limit, or narrow the rules.")]
    public static partial void TooManyPaths(ILogger log, int count, int most);

    [LoggerMessage(7, LogLevel.Warning, "{Address} has failed {Count} times to show a valid key, token or password, and has to wait.")]
    public static partial void AddressLocked(ILogger log, IPAddress address, int count);

    [LoggerMessage(8, LogLevel.Debug, "MediaMTX's client {Address} may not {Action} '{Path}' by {Protocol}: {Decision} (key '{Key}').")]
    public static partial void AuthDenied(ILogger log, string action, string path, string protocol, IPAddress? address, Enum decision, string key);

    [LoggerMessage(9, LogLevel.Warning, "{Address} asked in MediaMTX's name but is not among the configured callers, or came through a proxy; it was refused.")]
    public static partial void StrangeCaller(ILogger log, IPAddress? address);

    [LoggerMessage(11, LogLevel.Error, "The paths of MediaMTX could not be looked through. It is asked again; streams that run stay as they are.")]
    public static partial void LookFailed(ILogger log, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "The route {Route} declares no access rule and is answered to nobody.")]
    public static partial void NoRule(ILogger log, string route);
}
