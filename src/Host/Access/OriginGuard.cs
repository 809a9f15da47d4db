using VisionStream.Broadcaster.Connections;

namespace VisionStream.Host.Access;

/// <summary>
/// Safe from any thread. Refuses what changes something when a page of another origin asks for it: a browser would send such a
/// request to a service on its own machine, where no key protects it. Programs that are no browsers send no <c>Origin</c>.
/// </summary>
/// <remarks>WebSockets are asked at their own door, which also knows how to refuse them.</remarks>
internal sealed class OriginGuard(RequestDelegate next, OriginPolicy origins)
{
    /// <summary>Lets a request through or answers 403.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsConnect(request.Method);
        if (!reads && !(origins.Admits(request) && !IsCrossSiteWithoutOrigin(request)))
        {
            await TypedResults.Problem(
                $"A page of {OriginOf(request)} may change nothing here; add that origin to allowed_origins.",
                statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    // A page that hides its origin still cannot keep its browser from saying this (Fetch Metadata).
    private static bool IsCrossSiteWithoutOrigin(HttpRequest request) =>
        request.Headers.Origin.Count == 0 && request.Headers["Sec-Fetch-Site"] == "cross-site";

    private static string OriginOf(HttpRequest request) => request.Headers.Origin is [{ Length: > 0 and < 200 } origin, ..] ? origin : "another origin";
}
