using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Naming;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>
/// Stateless. POST /v1/streams/{name}/token: whoever holds a key makes tokens with a part of its rights. A token makes no tokens, or
/// its end would mean nothing.
/// </summary>
internal static class TokenEndpoint
{
    private const int LongestBody = 16 * 1024;

    private static readonly IReadOnlyList<string> ReadOnly = ["read"];

    /// <summary>Maps the route.</summary>
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/streams/{name}/token", IssueAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody))
            .WithName("IssueToken")
            .WithSummary("Makes a short-lived token for one stream; slashes in its name are written as %2F.")
            .Produces<TokenAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> IssueAsync(
        string name, [FromBody] TokenRequest? request, HttpContext context, [FromServices] AccessGate gate, [FromServices] TokenAuthority tokens)
    {
        if (!RouteStream.TryRead(name, out var stream, out var problem))
        {
            return problem!;
        }

        var rights = request?.Rights is { Count: > 0 } given ? [.. given.Distinct(StringComparer.Ordinal)] : ReadOnly;
        if (rights.FirstOrDefault(r => r is not ("read" or "publish")) is { } unknown)
        {
            return Bad($"'{unknown}' in 'rights' is neither read nor publish.");
        }

        var most = tokens.Options.MaxLifetime.TotalSeconds;
        if (request?.Ttl is { } ttl && (ttl < 1 || ttl > most))
        {
            return Bad($"'ttl' is {ttl}; it has to be from 1 to {most:0} seconds.");
        }

        var caller = "";
        foreach (var right in rights.Select(Parse))
        {
            var verdict = await gate.DecideAsync(context, right, stream).ConfigureAwait(false);
            if (!verdict.IsGranted)
            {
                return gate.Problem(context, verdict.Decision, right);
            }

            if (verdict.Kind is CredentialKind.Token or CredentialKind.StreamPassword)
            {
                return TypedResults.Problem("Tokens are made with a key; a token makes no further ones.", statusCode: StatusCodes.Status403Forbidden);
            }

            caller = verdict.Caller;
        }

        // What is answered is a secret; no proxy may keep it (RFC 6749, 5.1).
        context.Response.Headers.CacheControl = "no-store";
        var lifetime = request?.Ttl is { } seconds ? TimeSpan.FromSeconds(seconds) : tokens.Options.Lifetime;
        var token = tokens.Issue(caller, [.. rights.Select(r => new Scope(Parse(r), NamePattern.Exactly(stream)))], lifetime, stream);
        return TypedResults.Ok(new TokenAnswer { Token = token.Text, Stream = stream.Value, Rights = rights, ExpiresAt = token.ExpiresAt });
    }

    private static AccessRight Parse(string right) => right == "read" ? AccessRight.Read : AccessRight.Publish;

    private static ProblemHttpResult Bad(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest);
}
