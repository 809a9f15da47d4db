namespace VisionStream.MediaMtx.Tokens;

/// <summary>A token for somebody. Immutable; its text is a secret.</summary>
/// <param name="Text">The token.</param>
/// <param name="ExpiresAt">From when on it is worth nothing, to the second.</param>
public sealed record IssuedToken(string Text, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"A token that expires at {ExpiresAt:O}";
}
