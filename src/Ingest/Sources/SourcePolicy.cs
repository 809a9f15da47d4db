using System.Net;
using System.Net.Sockets;

namespace VisionStream.Ingest.Sources;

/// <summary>
/// What callers other than the operator may make the service open. Immutable. Without it, whoever may add a stream could read this
/// machine's files and reach into its network. Host names are resolved when they are checked, so check again before every opening:
/// a name may point elsewhere by then, and the moment between check and connection remains.
/// </summary>
public sealed record SourcePolicy
{
    /// <summary>
    /// Schemes that may be used (default: rtsp, rtsps, rtmp, rtmps, srt). HTTP is not among them, since a playlist may lead on to
    /// any other address; files, cameras and filter graphs are this machine's own.
    /// </summary>
    public IReadOnlyList<SourceScheme> Schemes { get; init; } =
        [SourceScheme.Rtsp, SourceScheme.Rtsps, SourceScheme.Rtmp, SourceScheme.Rtmps, SourceScheme.Srt];

    /// <summary>Hosts that may be called, as <c>name</c> or <c>*.suffix</c> (default: none named, so all).</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// Networks whose addresses may be called, private ones too (default: none named). With hosts or networks named, all others may not.
    /// </summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>Whether private, link-local and loopback addresses may be called (default: false). A host in <see cref="Hosts"/> by its full name always may.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Whether a source may open a port here and wait for a publisher (default: false).</summary>
    public bool AllowListening { get; init; }

    /// <summary>A sentence that says why the source is refused, or <see langword="null"/> when it may be opened.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Ends the look-up of the host's name.</param>
    public ValueTask<string?> RefuseAsync(SourceUrl source, CancellationToken cancellationToken = default) =>
        RefuseAsync(source, unresolved: true, cancellationToken);

    /// <summary>A sentence that says why the source is refused, or <see langword="null"/> when it may be opened.</summary>
    /// <param name="source">The source.</param>
    /// <param name="unresolved">Whether a host whose name cannot be looked up now is refused.</param>
    /// <param name="cancellationToken">Ends the look-up of the host's name.</param>
    public async ValueTask<string?> RefuseAsync(SourceUrl source, bool unresolved, CancellationToken cancellationToken)
    {
        if (!Schemes.Contains(source.Scheme))
        {
            var scheme = source.Scheme.ToString().ToLowerInvariant();
            return $"Sources of the kind '{scheme}' are not allowed here; allowed are {string.Join(", ", Schemes).ToLowerInvariant()}.";
        }

        if (source.IsListening && !AllowListening)
        {
            return "Sources that wait for a publisher are not allowed here.";
        }

        if (source.Host.Length == 0)
        {
            return null;
        }

        if (Hosts.Any(h => h.Equals(source.Host, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var suffixed = Hosts.Any(h => h.StartsWith("*.", StringComparison.Ordinal) && source.Host.EndsWith(h[1..], StringComparison.OrdinalIgnoreCase));
        var anywhere = suffixed || (Hosts.Count == 0 && Networks.Count == 0);
        if (!anywhere && Networks.Count == 0)
        {
            return $"The host '{source.Host}' is not among those allowed.";
        }

        return anywhere && AllowPrivateAddresses ? null : await RefuseAddressAsync(source.Host, anywhere, unresolved, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether an address belongs to this machine or to a network that the internet does not route to.</summary>
    internal static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        Span<byte> b = stackalloc byte[16];
        _ = address.TryWriteBytes(b, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            // IANA's registry of special-purpose IPv4 addresses; 224 and up are multicast and reserved.
            return b[0] is 0 or 10 or 127 or >= 224
                || (b[0], b[1]) is (169, 254) or (192, 168) or (198, 18 or 19)
                || (b[0] == 172 && b[1] is >= 16 and < 32)
                || (b[0] == 100 && b[1] is >= 64 and < 128)
                || (b[0], b[1], b[2]) is (192, 0, 0 or 2) or (198, 51, 100) or (203, 0, 113);
        }

        // 2000::/3 is what the internet routes; of it 2002::/16 (6to4) and 2001:0::/32 (Teredo) carry IPv4 addresses inside.
        return (b[0] & 0xE0) != 0x20 || (b[0], b[1]) == (0x20, 0x02) || (b[0], b[1], b[2], b[3]) == (0x20, 0x01, 0, 0);
    }

    // All addresses of a name have to be allowed: any of them may be the one that is called.
    private async ValueTask<string?> RefuseAddressAsync(string host, bool anywhere, bool unresolved, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            // The forms of inet_aton too: 127.1, 0x7f000001, 2130706433. A name whose last label is a number is none that can be looked up.
            var plain = host.TrimEnd('.');
            addresses = IPAddress.TryParse(plain, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return unresolved ? $"The host '{host}' cannot be resolved." : null;
        }

        foreach (var address in addresses)
        {
            var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            if (Networks.Any(n => n.Contains(plain)))
            {
                continue;
            }

            if (!anywhere)
            {
                return $"The host '{host}' is not among those allowed.";
            }

            if (!AllowPrivateAddresses && IsPrivate(plain))
            {
                return $"The host '{host}' is in a private network, which is not allowed here.";
            }
        }

        return addresses.Length > 0 ? null : $"The host '{host}' has no address.";
    }
}
