using System.Net;
using System.Text.Json;

namespace VisionStream.MediaMtx.Authentication;

/// <summary>
/// Stateless. Reads MediaMTX's authentication request: fields of newer releases are passed over, missing ones and those of another
/// type (an <c>id</c> may be null) count as empty.
/// </summary>
internal static class AuthRequestReader
{
    /// <summary>The request, or <see langword="null"/> when the text is no JSON object or names no action.</summary>
    public static AuthRequest? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "action") is not { Length: > 0 } action)
            {
                return null;
            }

            return new AuthRequest
            {
                Password = Text(root, "password"),
                Token = Text(root, "token"),
                Ip = IPAddress.TryParse(Text(root, "ip"), out var ip) ? ip : null,
                Action = action,
                Path = Text(root, "path"),
                Protocol = Text(root, "protocol"),
                Query = Text(root, "query"),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a text that is no valid UTF-16, such as a lone surrogate's escape.
            return null;
        }
    }

    private static string Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
