using Microsoft.Extensions.Primitives;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// Stateless. Agrees on permessage-deflate (RFC 7692) without context takeover in either direction: each message is then compressed
/// on its own, so that one compressed frame serves everybody, and no connection keeps a window of 32 KiB.
/// </summary>
internal static class DeflateNegotiation
{
    /// <summary>The answer to an offer that is accepted.</summary>
    public const string Acceptance = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private const string Extension = "permessage-deflate";
    private const string ServerWindow = "server_max_window_bits";

    // What zlib's default window of 32 KiB is called; .NET's compressor takes no other.
    private const string LargestWindow = "15";

    /// <summary>Whether the offers of a <c>Sec-WebSocket-Extensions</c> header have one that can be accepted.</summary>
    public static bool IsAcceptable(StringValues offers) =>
        offers.Any(header => header is not null && header.Split(',').Any(IsAcceptableOffer));

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
