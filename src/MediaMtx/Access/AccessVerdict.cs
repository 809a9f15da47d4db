namespace VisionStream.MediaMtx.Access;

/// <summary>A decision and who it is about. Immutable.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Kind">By what the caller was known.</param>
/// <param name="Caller">Name of the caller's key, or of the key that the token was made with; empty when nobody was known.</param>
public readonly record struct AccessVerdict(AccessDecision Decision, CredentialKind Kind = CredentialKind.None, string Caller = "")
{
    /// <summary>Whether it is allowed.</summary>
    public bool IsGranted => Decision == AccessDecision.Granted;
}
