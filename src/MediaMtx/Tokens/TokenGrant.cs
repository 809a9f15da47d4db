using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Tokens;

/// <summary>What a token turned out to be. Immutable.</summary>
/// <param name="Verdict">What it is worth.</param>
/// <param name="Subject">Whose key it was made with; empty unless valid.</param>
/// <param name="Scopes">What it allows; none unless valid.</param>
/// <param name="ExpiresAt">From when on it is worth nothing; <see langword="null"/> unless valid.</param>
public sealed record TokenGrant(TokenVerdict Verdict, string Subject, IReadOnlyList<Scope> Scopes, DateTimeOffset? ExpiresAt = null);
