using Microsoft.AspNetCore.Builder;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Stateless. Declares who may call a route or a group of routes, and has it obeyed.</summary>
public static class AccessRules
{
    /// <summary>Only callers with a right, for the stream that a route parameter names or for all.</summary>
    /// <param name="builder">The route or group.</param>
    /// <param name="right">What the route wants.</param>
    /// <param name="nameParameter">The route parameter that names the stream, slashes as <c>%2F</c> or as they are; without one the right is wanted for all streams.</param>
    public static TBuilder RequireRight<TBuilder>(this TBuilder builder, AccessRight right, string? nameParameter = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(AccessRule.Needs(right, nameParameter));

    /// <summary>Everybody.</summary>
    /// <param name="builder">The route or group.</param>
    /// <param name="why">Why that does no harm.</param>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder builder, string why)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(AccessRule.None(why));

    /// <summary>The handler asks the <see cref="AccessGate"/> itself, since what is wanted stands in a body or a query, or since it answers each caller with what that one may see.</summary>
    /// <param name="builder">The route or group.</param>
    /// <param name="how">What it asks.</param>
    public static TBuilder DecidedByHandler<TBuilder>(this TBuilder builder, string how)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(AccessRule.None(how));

    /// <summary>Has the rules of all routes obeyed, before any handler runs. It comes after routing; a route without a rule is refused.</summary>
    public static IApplicationBuilder UseAccessRules(this IApplicationBuilder app) => app.UseMiddleware<AccessRuleMiddleware>();
}
