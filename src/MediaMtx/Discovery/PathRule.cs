using VisionStream.MediaMtx.Naming;

namespace VisionStream.MediaMtx.Discovery;

/// <summary>Which paths are picked up, and as what. Immutable.</summary>
/// <param name="Pattern">The paths meant; of several rules the first that fits counts.</param>
/// <param name="Profile">The profile of the host that a path gets, or <see cref="Ignore"/>.</param>
public sealed record PathRule(NamePattern Pattern, string Profile)
{
    /// <summary>The profile that leaves paths alone, for exceptions before a wider rule.</summary>
    public const string Ignore = "ignore";
}
