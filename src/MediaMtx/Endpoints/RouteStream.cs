using Microsoft.AspNetCore.Http;
using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Stateless. Reads a stream's name from a route.</summary>
public static class RouteStream
{
    /// <summary>Reads it; <paramref name="problem"/> is the answer when it is none.</summary>
    /// <param name="routeValue">The route parameter; slashes as <c>%2F</c> or as they are.</param>
    /// <param name="name">The name.</param>
    /// <param name="problem">A 400 with a sentence, or <see langword="null"/>.</param>
    public static bool TryRead(string? routeValue, out StreamName name, out IResult? problem)
    {
        // Routing leaves %2F in a parameter as it came, so that it does not end the segment.
        var ok = StreamName.TryParse(Uri.UnescapeDataString(routeValue ?? ""), out name, out var error);
        problem = ok ? null : TypedResults.Problem(error, statusCode: StatusCodes.Status400BadRequest);
        return ok;
    }
}
