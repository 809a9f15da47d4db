using System.Text.Json.Serialization;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>A token and what it is good for. Immutable.</summary>
public sealed record TokenAnswer
{
    /// <summary>The token, for <c>Authorization: Bearer</c>, a WebSocket's <c>?token=</c>, or MediaMTX.</summary>
    [JsonPropertyName("token")]
    public required string Token { get; init; }

    /// <summary>Always <c>Bearer</c>.</summary>
    [JsonPropertyName("token_type")]
    public string TokenType { get; init; } = "Bearer";

    /// <summary>The stream.</summary>
    [JsonPropertyName("stream")]
    public required string Stream { get; init; }

    /// <summary>What it allows: some of <c>read</c> and <c>publish</c>.</summary>
    [JsonPropertyName("rights")]
    public required IReadOnlyList<string> Rights { get; init; }

    /// <summary>From when on it is worth nothing.</summary>
    [JsonPropertyName("expires_at")]
    public required DateTimeOffset ExpiresAt { get; init; }
}
