using System.Net;
using VisionStream.Ingest.Sources;
using VisionStream.MediaMtx.Keys;

namespace VisionStream.Host.Configuration;

/// <summary>Who may do what, as the configuration has it. Immutable; of keys it holds hashes only.</summary>
internal sealed record AccessSettings
{
    /// <summary>The keys; without any, everybody who reaches the service may do everything (default: none).</summary>
    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    /// <summary>
    /// The PEM file of the private key that signs tokens, made at the first start when it is not there (default: a file in the state
    /// folder; without keys, one that ends with the process).
    /// </summary>
    public string? SigningKeyFile { get; init; }

    /// <summary>Proxies whose word about a client's address is taken (default: none).</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Names that requests may call the service by while there are no keys, beside its addresses and localhost (default: none).</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Which URLs callers of the API may have opened (default: RTSP, RTMP and SRT of public hosts); what is configured here is not asked.</summary>
    public SourcePolicy Urls { get; init; } = new();

    /// <summary>Whether everybody may do everything.</summary>
    public bool IsOpen => Keys.Count == 0;
}
