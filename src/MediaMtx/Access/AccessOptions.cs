namespace VisionStream.MediaMtx.Access;

/// <summary>How strict access is. Immutable; <see cref="Validate"/> says what is wrong with it.</summary>
public sealed record AccessOptions
{
    /// <summary>
    /// Whether everybody may do everything (default: no). For a service on loopback without keys, or one that was told to be insecure.
    /// </summary>
    public bool Open { get; init; }

    /// <summary>Failed attempts an address may make in a row (default: 10).</summary>
    public int MaxFailures { get; init; } = 10;

    /// <summary>After what time one failed attempt is forgiven (default: 6 s, so ten a minute for ever).</summary>
    public TimeSpan ForgivenAfter { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Addresses whose failures are remembered; the one that failed longest ago is forgotten first (default: 10,000).</summary>
    public int RememberedAddresses { get; init; } = 10_000;

    /// <summary>All that is wrong, one sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (MaxFailures < 1 || RememberedAddresses < 1)
        {
            errors.Add($"Access:MaxFailures is {MaxFailures} and Access:RememberedAddresses {RememberedAddresses}; both have to be 1 or more.");
        }

        if (ForgivenAfter <= TimeSpan.Zero)
        {
            errors.Add($"Access:ForgivenAfter is {ForgivenAfter}; it has to be above zero.");
        }

        return errors;
    }
}
