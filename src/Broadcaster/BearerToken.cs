using Microsoft.AspNetCore.Http;

namespace VisionStream.Broadcaster;

/// <summary>
/// Stateless. Finds the key or token of a request: <c>Authorization: Bearer TOKEN</c>, or, since a browser's WebSocket cannot set
/// that, <c>Sec-WebSocket-Protocol: visionstream, bearer.TOKEN</c> or <c>?token=TOKEN</c>; the first one counts.
/// </summary>
public static class BearerToken
{
    private const string Scheme = "Bearer ";
    private const string SubprotocolPrefix = "bearer.";

    /// <summary>The token, or <see langword="null"/> when there is none.</summary>
    public static string? From(HttpRequest request)
    {
        string? authorization = request.Headers.Authorization;
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true)
        {
            return NotEmpty(authorization[Scheme.Length..].Trim());
        }

        foreach (var header in request.Headers.SecWebSocketProtocol)
        {
            foreach (var protocol in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (protocol.StartsWith(SubprotocolPrefix, StringComparison.OrdinalIgnoreCase))
                {
                    return NotEmpty(protocol[SubprotocolPrefix.Length..]);
                }
            }
        }

        return NotEmpty(request.Query["token"]);
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
