using System.Net;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Who may ask in MediaMTX's name. Immutable.</summary>
public sealed record AuthEndpointOptions
{
    /// <summary>
    /// Networks that MediaMTX calls from (default: this machine). Others are refused: the request tells a client's address, so that
    /// whoever may send it could guess keys under ever new addresses, or have others' locked out.
    /// </summary>
    public IReadOnlyList<IPNetwork> Callers { get; init; } = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>Whether an address is among the callers; a connection without one, as over a Unix socket, is this machine's.</summary>
    internal bool Admits(IPAddress? address)
    {
        if (address is null)
        {
            return true;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Callers.Any(n => n.Contains(plain));
    }
}
