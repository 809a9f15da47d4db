using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// Stateless. A server's half of the WebSocket handshake, over HTTP/1.1 (RFC 6455, section 4.2) and HTTP/2 (RFC 8441). It gives
/// the raw stream, which the ready frames of the fan-out are written to; ASP.NET Core's own accept would give a WebSocket that
/// frames every message for every receiver again.
/// </summary>
internal static class Handshake
{
    /// <summary>The subprotocol that the service speaks, if a client asks for one.</summary>
    public const string Subprotocol = "visionstream";

    private const string Version = "13";
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Whether the request asks for a WebSocket, properly or not.</summary>
    public static bool IsAskedFor(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
        || (HttpMethods.IsGet(context.Request.Method)
            && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && Lists(context.Request.Headers.Upgrade, "websocket"));

    /// <summary>Whether the handshake can be answered; else a sentence for the client.</summary>
    public static bool IsValid(HttpContext context, [NotNullWhen(false)] out string? error)
    {
        var headers = context.Request.Headers;
        var isHttp2 = context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        error = headers.SecWebSocketVersion != Version ? $"Sec-WebSocket-Version has to be {Version}."
            : !isHttp2 && !IsKey(headers.SecWebSocketKey) ? "Sec-WebSocket-Key has to be 16 bytes in base64."
            : null;
        return error is null;

        static bool IsKey(string? text)
        {
            Span<byte> key = stackalloc byte[16];
            return text?.Length == 24 && Convert.TryFromBase64String(text, key, out var written) && written == key.Length;
        }
    }

    /// <summary>Accepts; nothing but frames may be written from then on.</summary>
    /// <param name="context">The request, found valid.</param>
    /// <param name="mayDeflate">Whether to take an offer of permessage-deflate.</param>
    public static async ValueTask<UpgradedConnection> AcceptAsync(HttpContext context, bool mayDeflate)
    {
        var request = context.Request.Headers;
        var response = context.Response.Headers;
        if (Lists(request.SecWebSocketProtocol, Subprotocol))
        {
            response.SecWebSocketProtocol = Subprotocol;
        }

        var agreement = mayDeflate ? DeflateNegotiation.Answer(request.SecWebSocketExtensions) : null;
        var isDeflated = agreement is not null;
        response.SecWebSocketExtensions = agreement;

        // The subscriber's own limits judge whether it reads fast enough, not the server's for responses.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            return UpgradedConnection.Through(await connect.AcceptAsync().ConfigureAwait(false), isDeflated);
        }

        response.Connection = HeaderNames.Upgrade;
        response.Upgrade = "websocket";
        response.SecWebSocketAccept = AnswerTo(request.SecWebSocketKey!);
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
        var isPlain = context.Features.Get<ITlsHandshakeFeature>() is null;
        return isPlain && context.Features.Get<IConnectionSocketFeature>() is { Socket: var socket }
            ? UpgradedConnection.Direct(stream, socket, isDeflated)
            : UpgradedConnection.Through(stream, isDeflated);
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1; it protects nothing.")]
    private static string AnswerTo(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));

    private static bool Lists(Microsoft.Extensions.Primitives.StringValues header, string token) =>
        header.Any(v => v is not null && v.Split(',').Any(t => t.Trim().Equals(token, StringComparison.OrdinalIgnoreCase)));
}
