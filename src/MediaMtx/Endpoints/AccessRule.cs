using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Who may call a route; every route carries one as metadata, and one without is answered to nobody. Immutable.</summary>
public sealed record AccessRule
{
    private AccessRule(AccessRight? right, string? nameParameter, string why) => (Right, NameParameter, Why) = (right, nameParameter, why);

    /// <summary>What is asked for before the handler runs; <see langword="null"/> for nothing.</summary>
    public AccessRight? Right { get; }

    /// <summary>The route parameter that names the stream; <see langword="null"/> when the right is wanted for all of them.</summary>
    public string? NameParameter { get; }

    /// <summary>Without a right: why everybody may call it, or how the handler decides.</summary>
    public string Why { get; }

    /// <summary>A right is asked for.</summary>
    /// <param name="right">The right.</param>
    /// <param name="nameParameter">The route parameter that names the stream, or <see langword="null"/> for all streams.</param>
    internal static AccessRule Needs(AccessRight right, string? nameParameter) => new(right, nameParameter, "");

    /// <summary>Nothing is asked for.</summary>
    internal static AccessRule None(string why) => new(null, null, why);
}
