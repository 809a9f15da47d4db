using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Host.Metrics;
using VisionStream.Host.Pipelines;

namespace VisionStream.Host.Http;

/// <summary>/health/live, /health/ready and /metrics.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Answering at all is what "live" means.
        routes.MapGet("/health/live", () => Results.Text("live\n"));

        // Ready: every stream that was asked for has been started and none needs a person. One that is waiting for its source is
        // doing its work.
        routes.MapGet("/health/ready", (PipelineDirectory pipelines, DetectionFeed feed) =>
        {
            var broken = pipelines.All.Select(p => feed.Find(p.Options.Name)?.Status).Where(s => s?.State == StreamState.Error).ToArray();
            return broken.Length == 0
                ? Results.Text("ready\n")
                : Results.Text(string.Concat(broken.Select(s => $"{s!.Stream}: {s.Reason}\n")), statusCode: StatusCodes.Status503ServiceUnavailable);
        });
        routes.MapGet("/metrics", (MetricsCollector collector) => Results.Text(collector.Collect(), MetricsCollector.ContentType));
    }
}
