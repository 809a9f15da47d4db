using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Stateless. Lets only callers with a right through to a route or a group of routes.</summary>
public static class RequiredRight
{
    /// <summary>
    /// Asks the registered <see cref="AccessGate"/> before the handler runs, whatever kind of handler it is.
    /// </summary>
    /// <param name="builder">The route or group.</param>
    /// <param name="right">What the route wants.</param>
    /// <param name="nameParameter">The route parameter that names the stream, slashes as <c>%2F</c> or as they are; without one the right is wanted for all streams.</param>
    public static TBuilder RequireRight<TBuilder>(this TBuilder builder, AccessRight right, string? nameParameter = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            StreamName? stream = null;
            if (nameParameter is not null)
            {
                if (!TryName(context.GetRouteValue(nameParameter) as string, out var name, out var problem))
                {
                    return problem;
                }

                stream = name;
            }

            var gate = context.RequestServices.GetRequiredService<AccessGate>();
            var verdict = await gate.DecideAsync(context, right, stream).ConfigureAwait(false);
            return verdict.IsGranted ? await next(invocation).ConfigureAwait(false) : gate.Problem(context, verdict.Decision, right);
        });

    /// <summary>Reads a stream's name from a route; <paramref name="problem"/> is the answer when it is none.</summary>
    internal static bool TryName(string? routeValue, out StreamName name, out IResult? problem)
    {
        // Routing leaves %2F in a parameter as it came, so that it does not end the segment.
        var ok = StreamName.TryParse(Uri.UnescapeDataString(routeValue ?? ""), out name, out var error);
        problem = ok ? null : TypedResults.Problem(error, statusCode: StatusCodes.Status400BadRequest);
        return ok;
    }
}
