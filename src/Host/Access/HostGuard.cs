using System.Net;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Access;

/// <summary>
/// Immutable. Answers requests to this service's own names only, while nobody needs a key: any web site can have its name resolve to
/// 127.0.0.1, and its pages then count as ours with every browser on this machine (DNS rebinding). The name stays in <c>Host</c>.
/// </summary>
/// <remarks>Addresses in figures are nobody's to point elsewhere, and programs that send no <c>Host</c> are no browsers.</remarks>
internal sealed class HostGuard(RequestDelegate next, ServeOptions options)
{
    private readonly IPAddress _listened = options.Listen.Address;
    private readonly HashSet<string> _names = new(["localhost", .. options.Access.HostNames.Select(Plain)], StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets a request through or answers 421 (RFC 9110, 15.5.20).</summary>
    public Task InvokeAsync(HttpContext context) =>
        Admits(context.Request.Host)
            ? next(context)
            : TypedResults.Problem(
                $"This service does not go by the name '{Shown(context.Request.Host.Host)}'; call it by its address or localhost, or add the name to host_names.",
                statusCode: StatusCodes.Status421MisdirectedRequest).ExecuteAsync(context);

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.');

    // What a stranger wrote is cut where no name goes on (RFC 1035, 2.3.4).
    private static string Shown(string host) => host.Length <= 255 ? host : host[..255];

    private bool Admits(HostString host)
    {
        if (!host.HasValue)
        {
            return true;
        }

        var name = Plain(host.Host);
        return _names.Contains(name) || (IPAddress.TryParse(name, out var address) && IsOurs(address));
    }

    // Who listens everywhere has addresses that it cannot know, those of a router before it among them.
    private bool IsOurs(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(_listened) || _listened.Equals(IPAddress.Any) || _listened.Equals(IPAddress.IPv6Any);
}
