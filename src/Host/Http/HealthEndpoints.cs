using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Host.Control;
using VisionStream.Host.Metrics;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>/health/live, /health/ready and /metrics.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Answering at all is what "live" means.
        routes.MapGet("/health/live", () => Results.Text("live\n")).OpenToAll("It tells nothing but that the service runs.");

        // Ready: every stream that was asked for at start has been started, its model loaded, and none needs a person. One that is
        // waiting for its source is doing its work.
        routes.MapGet("/health/ready", ReadyAsync).OpenToAll("Names of streams are told only to those who may read all of them.");
        routes.MapGet("/metrics", (MetricsCollector collector) => Results.Text(collector.Collect(), MetricsCollector.ContentType))
            .RequireRight(AccessRight.Read);
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, Startup startup, PipelineDirectory pipelines, DetectionFeed feed, AccessGate gate)
    {
        if (startup.Pending is { } pending)
        {
            return Results.Text(pending + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var broken = pipelines.All.Select(p => feed.Find(p.Options.Name)?.Status).Where(s => s?.State == StreamState.Error).ToArray();
        if (broken.Length == 0)
        {
            return Results.Text("ready\n");
        }

        var caller = await gate.IdentifyAsync(context);
        var why = caller.May(AccessRight.Read, null)
            ? string.Concat(broken.Select(s => $"{s!.Stream}: {s.Reason}\n"))
            : $"{broken.Length} of the streams cannot be watched.\n";
        return Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
