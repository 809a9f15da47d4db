using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VisionStream.MediaMtx.Authentication;

namespace VisionStream.MediaMtx.Endpoints;

/// <summary>Safe from any thread. POST /v1/mediamtx/auth, the address for MediaMTX's <c>authHTTPAddress</c>.</summary>
public sealed class MediaMtxAuthEndpoint
{
    // MediaMTX's request is half a kilobyte; the query of a client's URL is the only part without a small bound.
    private const int LongestBody = 32 * 1024;

    // What proxies add, and what ASP.NET Core leaves behind once it has believed a proxy.
    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "Forwarded", "X-Original-For"];

    private static readonly TimeSpan WarningPause = TimeSpan.FromMinutes(1);

    private readonly AuthRequestHandler _handler;
    private readonly AuthEndpointOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long _warnedAt;

    /// <summary>Made by the container.</summary>
    public MediaMtxAuthEndpoint(AuthRequestHandler handler, AuthEndpointOptions options, TimeProvider time, ILogger<MediaMtxAuthEndpoint> log) =>
        (_handler, _options, _time, _log) = (handler, options, time, log);

    /// <summary>Maps the route.</summary>
    internal static RouteHandlerBuilder Map(IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<MediaMtxAuthEndpoint>();
        return routes.MapPost("/v1/mediamtx/auth", (Delegate)endpoint.AnswerAsync)
            .WithName("AuthenticateForMediaMtx")
            .WithSummary("Answers MediaMTX's HTTP authentication: 200 lets a client in, 401 does not.")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var caller = context.Connection.RemoteIpAddress;

        // A proxy in front of this service turns everybody's address into its own; MediaMTX calls without one.
        if (!_options.Admits(caller) || ProxyHeaders.Any(context.Request.Headers.ContainsKey))
        {
            Warn(caller);
            return TypedResults.Problem("Only MediaMTX may ask here, directly and from a configured address.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (await ReadAsync(context.Request.Body, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return TypedResults.Problem($"The request is longer than {LongestBody} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        return await _handler.HandleAsync(body).ConfigureAwait(false) switch
        {
            AuthOutcome.Granted => TypedResults.Ok(),
            AuthOutcome.Denied => TypedResults.Problem("Not allowed.", statusCode: StatusCodes.Status401Unauthorized),
            _ => TypedResults.Problem("This is not MediaMTX's authentication request.", statusCode: StatusCodes.Status400BadRequest),
        };
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken cancel)
    {
        var buffer = new byte[LongestBody + 1];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        return count <= LongestBody ? buffer.AsMemory(0, count) : default(ReadOnlyMemory<byte>?);
    }

    private void Warn(System.Net.IPAddress? caller)
    {
        var (now, before) = (_time.GetTimestamp(), Volatile.Read(ref _warnedAt));
        if ((before == 0 || _time.GetElapsedTime(before, now) >= WarningPause) && Interlocked.CompareExchange(ref _warnedAt, now, before) == before)
        {
            Log.StrangeCaller(_log, caller);
        }
    }
}
