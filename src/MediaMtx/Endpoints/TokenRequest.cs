using System.Text.Json.Serialization;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>What a token is wanted for. Immutable.</summary>
public sealed record TokenRequest
{
    /// <summary>Some of <c>read</c> and <c>publish</c> (default: read).</summary>
    [JsonPropertyName("rights")]
    public IReadOnlyList<string>? Rights { get; init; }

    /// <summary>For how many seconds (default: an hour).</summary>
    [JsonPropertyName("ttl")]
    public int? Ttl { get; init; }
}
