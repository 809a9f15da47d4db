namespace VisionStream.MediaMtx.Tokens;

/// <summary>What tokens say and how long they last. Immutable; <see cref="Validate"/> says what is wrong with it.</summary>
public sealed record TokenOptions
{
    /// <summary>The tokens' issuer, MediaMTX's <c>authJWTIssuer</c> (default: visionstream).</summary>
    public string Issuer { get; init; } = "visionstream";

    /// <summary>The tokens' audience, MediaMTX's <c>authJWTAudience</c> (default: visionstream).</summary>
    public string Audience { get; init; } = "visionstream";

    /// <summary>How long a token lasts when nobody says otherwise (default: 1 h).</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a token may last (default: 24 h).</summary>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>All that is wrong, one sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Issuer) || string.IsNullOrWhiteSpace(Audience))
        {
            errors.Add("Tokens:Issuer and Tokens:Audience have to be given.");
        }

        if (Lifetime < TimeSpan.FromSeconds(1) || MaxLifetime < Lifetime || MaxLifetime > TimeSpan.FromDays(366))
        {
            errors.Add($"Tokens:Lifetime is {Lifetime} and Tokens:MaxLifetime {MaxLifetime}; they have to be a second or more, and a year at most, the first not above the second.");
        }

        return errors;
    }
}
