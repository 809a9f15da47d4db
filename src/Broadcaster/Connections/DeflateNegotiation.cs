using Microsoft.Extensions.Primitives;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// Stateless. Agrees on permessage-deflate (RFC 7692) without context takeover in either direction: each message is then compressed
/// on its own, so that one compressed frame serves everybody, and no connection keeps a window of 32 KiB.
/// </summary>
internal static class DeflateNegotiation
{
    private const string Extension = "permessage-deflate";
    private const string ServerWindow = "server_max_window_bits";

    // What zlib's default window of 32 KiB is called; .NET's compressor takes no other.
    private const string LargestWindow = "15";

    /// <summary>The answer to the first offer of a <c>Sec-WebSocket-Extensions</c> header that can be accepted; null when there is none.</summary>
    public static string? Answer(StringValues offers) =>
        offers.SelectMany(header => header?.Split(',') ?? []).FirstOrDefault(IsAcceptableOffer) is { } offer ? AnswerTo(offer) : null;

    // An offer that names the server's window is accepted by naming it in the answer (section 7.1.2.1).
    private static string AnswerTo(string offer) =>
        $"{Extension}; server_no_context_takeover; client_no_context_takeover"
        + (offer.Contains(ServerWindow, StringComparison.Ordinal) ? $"; {ServerWindow}={LargestWindow}" : "");

    private static bool IsAcceptableOffer(string offer)
    {
        var parts = offer.Split(';', StringSplitOptions.TrimEntries);
        return parts[0] == Extension && parts[1..].All(p => IsAcceptableParameter(p.Split('=', 2, StringSplitOptions.TrimEntries)));
    }

    private static bool IsAcceptableParameter(string[] parameter) => parameter switch
    {
        ["server_no_context_takeover"] or ["client_no_context_takeover"] or ["client_max_window_bits"] => true,
        ["client_max_window_bits", var bits] => bits.Trim('"') is "8" or "9" or "10" or "11" or "12" or "13" or "14" or LargestWindow,
        [ServerWindow, var bits] => bits.Trim('"') == LargestWindow,
        _ => false,
    };
}
