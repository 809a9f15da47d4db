using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Safe from any thread. Asks for what the chosen route's <see cref="AccessRule"/> wants before its handler runs, whatever kind of handler that is.</summary>
internal sealed class AccessRuleMiddleware(RequestDelegate next, AccessGate gate, ILogger<AccessRuleMiddleware> log)
{
    /// <summary>Lets a request through or answers it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // No route: a plain file, nothing at all, or routing's own answer such as 405.
        if (context.GetEndpoint() is RouteEndpoint route && await RefusalAsync(context, route).ConfigureAwait(false) is { } refusal)
        {
            await refusal.ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private async ValueTask<IResult?> RefusalAsync(HttpContext context, RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<AccessRule>() is not { } rule)
        {
            Log.NoRule(log, route.RoutePattern.RawText ?? "");
            return TypedResults.Problem("This route says nothing of who may call it, so nobody may.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (rule.Right is not { } right)
        {
            return null;
        }

        StreamName? stream = null;
        if (rule.NameParameter is { } parameter)
        {
            if (!RouteStream.TryRead(context.GetRouteValue(parameter) as string, out var name, out var problem))
            {
                return problem;
            }

            stream = name;
        }

        var verdict = await gate.DecideAsync(context, right, stream).ConfigureAwait(false);
        if (!verdict.IsGranted)
        {
            return gate.Problem(context, verdict.Decision, right);
        }

        // What one caller may see no cache may show another; a handler that knows better says so.
        context.Response.Headers.CacheControl = "no-store";
        return null;
    }
}
