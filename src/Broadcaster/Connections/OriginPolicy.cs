using Microsoft.AspNetCore.Http;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// Immutable. Browsers let any page open a WebSocket and send forms anywhere, and say which page it was in <c>Origin</c>; only the
/// service's own pages and those of allowed origins may.
/// </summary>
/// <param name="allowed">Origins like <c>https://app.example</c>; <c>*</c> stands for all.</param>
public sealed class OriginPolicy(IReadOnlyList<string> allowed)
{
    private readonly HashSet<string> _allowed = new(allowed, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request may do what it asks for, as far as its origin goes.</summary>
    public bool Admits(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin) || _allowed.Contains("*") || _allowed.Contains(origin))
        {
            return true;
        }

        // Scheme and default port are left out of the comparison: behind a proxy that ends TLS the page's scheme is https, ours http.
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
