using VisionStream.Host.Configuration;
using VisionStream.Ingest.Sources;

namespace VisionStream.Host.Access;

/// <summary>
/// Safe from any thread. Says whether the service may open what a caller of the API names: the configured policy, and MediaMTX's own
/// servers, which always may.
/// </summary>
/// <remarks>
/// A name is looked up when it is checked. Between the check and the connection it may come to point elsewhere, and a server may send
/// on to another address; against both only a firewall helps, or naming the hosts in <c>allowed_hosts</c>.
/// </remarks>
internal sealed class CallerUrls
{
    // Where MediaMTX's servers are unless its configuration says otherwise: RTSP and RTMP with and without TLS, SRT, HLS.
    private static readonly int[] UsualPorts = [8554, 8322, 1935, 1936, 8890, 8888];

    private readonly SourcePolicy _policy;
    private readonly HashSet<(string Host, int Port)> _ours;

    /// <summary>Makes it.</summary>
    /// <param name="policy">What is allowed.</param>
    /// <param name="server">The MediaMTX in use, or <see langword="null"/>.</param>
    public CallerUrls(SourcePolicy policy, MediaMtxSettings? server) => (_policy, _ours) = (policy, server is null ? [] : [.. ServersOf(server)]);

    /// <summary>A sentence that says why a source is refused, or <see langword="null"/> when it may be opened.</summary>
    public ValueTask<string?> RefuseSourceAsync(string url, CancellationToken cancel) => RefuseAsync(url, unresolved: true, cancel);

    /// <summary>A sentence that says why annotated video may not be sent to a URL, or <see langword="null"/> when it may.</summary>
    public ValueTask<string?> RefuseTargetAsync(string url, CancellationToken cancel) => RefuseAsync(url, unresolved: true, cancel);

    /// <summary>
    /// A sentence that says why what was allowed once is so no longer, or <see langword="null"/> when it may still be opened. A name that
    /// cannot be looked up is let through: at the start of a machine its network may come later, and reading tries until it is there.
    /// </summary>
    public ValueTask<string?> RefuseAgainAsync(string url, CancellationToken cancel) => RefuseAsync(url, unresolved: false, cancel);

    // Targets have the forms of sources; what more is asked of each is the business of whoever opens it.
    private async ValueTask<string?> RefuseAsync(string url, bool unresolved, CancellationToken cancel)
    {
        // Programs differ about where a host ends when there is one.
        if (url.Contains('\\', StringComparison.Ordinal))
        {
            return "The URL holds a backslash; in a user name or password write it as %5C.";
        }

        if (!SourceUrl.TryParse(url, out var source, out var error))
        {
            return error;
        }

        if (!source.IsListening && _ours.Contains((Plain(source.Host), source.Port)) && _policy.Schemes.Contains(source.Scheme))
        {
            return null;
        }

        return await _policy.RefuseAsync(source, unresolved, cancel) is { } why
            ? $"{why} The settings allowed_schemes, allowed_hosts and allow_private_hosts say what callers may have opened."
            : null;
    }

    private static IEnumerable<(string Host, int Port)> ServersOf(MediaMtxSettings server)
    {
        foreach (var port in UsualPorts)
        {
            yield return (Plain(new Uri(server.Api).Host), port);
        }

        foreach (var address in new[] { server.InternalRtsp, server.Rtsp, server.Rtmp, server.Srt, server.Hls })
        {
            if (address is not (null or MediaMtxSettings.Off) && SourceUrl.TryParse($"{address.TrimEnd('/')}/x", out var url, out _))
            {
                yield return (Plain(url.Host), url.Port);
            }
        }
    }

    // All names of this machine's loopback are one; a name that only looks like it is not.
    private static string Plain(string host)
    {
        var text = host.Trim('[', ']').ToLowerInvariant();
        return text is "localhost" or "127.0.0.1" or "::1" ? "127.0.0.1" : text;
    }
}
