using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>GET /v1/streams and /v1/streams/{name}; a name's slashes are written as %2F or as they are.</summary>
internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/streams", ListAsync).DecidedByHandler("Each caller gets the streams that it may read.");
        routes.MapGet("/v1/streams/{**name}", (string name, PipelineDirectory pipelines, DetectionFeed feed, HttpRequest request) =>
            pipelines.FindEscaped(name) is { } pipeline
                ? Results.Ok(Facts(pipeline, feed, request))
                : Results.Problem($"There is no stream '{name}'; GET /v1/streams lists those there are.", statusCode: StatusCodes.Status404NotFound))
            .RequireRight(AccessRight.Read, "name");
    }

    private static async Task<IResult> ListAsync(HttpContext context, PipelineDirectory pipelines, DetectionFeed feed, AccessGate gate)
    {
        var caller = await gate.IdentifyAsync(context);
        return caller.Decision == AccessDecision.Granted
            ? Results.Ok(new { Streams = pipelines.All.Where(p => caller.May(AccessRight.Read, p.Options.Name)).Select(p => Facts(p, feed, context.Request)) })
            : gate.Problem(context, caller.Decision, AccessRight.Read);
    }

    private static StreamFacts Facts(StreamPipeline pipeline, DetectionFeed feed, HttpRequest request)
    {
        var snapshot = feed.Find(pipeline.Options.Name);
        var status = snapshot?.Status;
        var analysis = pipeline.Options.Analysis;
        var host = request.Host.HasValue ? request.Host.Value : "127.0.0.1";
        return new StreamFacts
        {
            Name = pipeline.Options.Name.Value,
            State = StateNames.Of(status?.State ?? StreamState.Offline),
            Reason = status?.Reason ?? "Not started yet.",
            Session = status?.Session,
            Source = pipeline.Source,
            Width = status?.Width ?? 0,
            Height = status?.Height ?? 0,
            Model = snapshot?.Model?.Name,
            Fps = analysis.Fps,
            Confidence = analysis.Confidence,
            Classes = analysis.Classes,
            Frames = FrameFacts.Of(pipeline.Live.Ledger),
            Reconnects = pipeline.Live.Ledger.Reconnects,
            Annotated = pipeline.Annotated is { } annotated ? AnnotatedFacts.Of(annotated) : null,
            Addresses = new Dictionary<string, string>
            {
                ["websocket"] = $"{(request.IsHttps ? "wss" : "ws")}://{host}/ws?streams={Uri.EscapeDataString(pipeline.Options.Name.Value)}",
            },
        };
    }
}
