using Microsoft.AspNetCore.Http;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Safe from any thread. Access control for HTTP requests and WebSockets.</summary>
/// <param name="access">Who decides.</param>
/// <param name="credentialOf">Finds the key or token of a request, <see langword="null"/> when it has none.</param>
public sealed class AccessGate(AccessControl access, Func<HttpRequest, string?> credentialOf)
{
    /// <summary>Decides about a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="right">What it wants.</param>
    /// <param name="stream">For which stream, or <see langword="null"/> for all of them or none in particular.</param>
    public ValueTask<AccessVerdict> DecideAsync(HttpContext context, AccessRight right, StreamName? stream) =>
        access.DecideAsync([credentialOf(context.Request)], right, stream, context.Connection.RemoteIpAddress);

    /// <summary>Says who sends a request, once for answers about many streams and for connections that last.</summary>
    public ValueTask<Caller> IdentifyAsync(HttpContext context) =>
        access.IdentifyAsync(credentialOf(context.Request), context.Connection.RemoteIpAddress);

    /// <summary>How long the sender of a request has to wait before keys are looked at again, in whole seconds from 1.</summary>
    public int RetryAfterSeconds(HttpContext context) => Math.Max(1, (int)Math.Ceiling(access.WaitOf(context.Connection.RemoteIpAddress).TotalSeconds));

    /// <summary>Turns a refusal into problem details (RFC 9457) with the headers that belong to its status.</summary>
    public IResult Problem(HttpContext context, AccessDecision decision, AccessRight right)
    {
        var wanted = right switch
        {
            AccessRight.Read => "read this stream",
            AccessRight.Publish => "publish this stream",
            _ => "administer this service",
        };
        switch (decision)
        {
            case AccessDecision.TooManyAttempts:
                var wait = RetryAfterSeconds(context);
                context.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return TypedResults.Problem($"Too many wrong keys came from this address; try again in {wait} s.", statusCode: StatusCodes.Status429TooManyRequests);
            case AccessDecision.Refused:
                return TypedResults.Problem($"This key or token may not {wanted}.", statusCode: StatusCodes.Status403Forbidden);
            default:
                // RFC 6750, 3: the scheme that would help.
                context.Response.Headers.WWWAuthenticate = "Bearer realm=\"visionstream\"";
                return TypedResults.Problem($"A key or token that may {wanted} is needed, as 'Authorization: Bearer KEY'.", statusCode: StatusCodes.Status401Unauthorized);
        }
    }
}
