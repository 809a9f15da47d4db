using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Authentication;
using VisionStream.MediaMtx.Keys;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Stateless. What a host calls to have access control and to serve MediaMTX's questions.</summary>
public static class MediaMtxEndpoints
{
    /// <summary>
    /// Adds <see cref="AccessControl"/>, <see cref="AccessGate"/>, <see cref="TokenAuthority"/> and <see cref="StreamPasswords"/>. Takes a
    /// <see cref="TimeProvider"/> and logging from <paramref name="services"/>, and the system's clock when there is none.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="options">How strict access is.</param>
    /// <param name="keys">The keys in force.</param>
    /// <param name="signing">Keys that sign tokens; the first signs, all are accepted.</param>
    /// <param name="tokens">What tokens say and how long they last.</param>
    /// <param name="callers">Who may ask in MediaMTX's name.</param>
    /// <param name="credentialOf">Finds the key or token of an HTTP request.</param>
    /// <param name="generationsOf">What streams were made as (default: the name alone counts).</param>
    public static IServiceCollection AddAccess(
        this IServiceCollection services, AccessOptions options, ApiKeyRing keys, IReadOnlyList<SigningKey> signing, TokenOptions tokens,
        AuthEndpointOptions callers, Func<HttpRequest, string?> credentialOf, Func<IServiceProvider, StreamGenerations>? generationsOf = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(keys);
        services.AddSingleton(callers);
        services.AddSingleton(provider => generationsOf?.Invoke(provider) ?? StreamGenerations.ByNameOnly);
        services.AddSingleton(provider => new TokenAuthority(
            signing, tokens, provider.GetRequiredService<StreamGenerations>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StreamPasswords(
            signing, provider.GetRequiredService<StreamGenerations>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccessControl>();
        services.AddSingleton(provider => new AccessGate(provider.GetRequiredService<AccessControl>(), credentialOf));
        services.AddSingleton<AuthRequestHandler>();
        services.AddSingleton<MediaMtxAuthEndpoint>();
        return services;
    }

    /// <summary>Serves POST /v1/mediamtx/auth, for MediaMTX's <c>authMethod: http</c>.</summary>
    public static IEndpointConventionBuilder MapMediaMtxAuth(this IEndpointRouteBuilder routes) =>
        MediaMtxAuthEndpoint.Map(routes).DecidedByHandler("Only from MediaMTX's addresses; the credentials stand in the body.");

    /// <summary>Serves GET /v1/jwks.json, for MediaMTX's <c>authMethod: jwt</c>. Anybody may read it: it holds public keys.</summary>
    public static IEndpointConventionBuilder MapJwks(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/jwks.json", (TokenAuthority tokens) => Results.Text(tokens.Jwks(), "application/json"))
            .WithName("GetJwks")
            .WithSummary("The public keys that tokens are checked with, as a JSON Web Key Set.")
            .Produces<object>()
            .OpenToAll("Public keys.");

    /// <summary>Serves POST /v1/streams/{name}/token.</summary>
    public static IEndpointConventionBuilder MapTokens(this IEndpointRouteBuilder routes) =>
        TokenEndpoint.Map(routes).DecidedByHandler("Every right that the token is to have, by a key.");
}
