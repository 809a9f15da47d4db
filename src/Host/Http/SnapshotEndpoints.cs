using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>GET /v1/streams/{name}/snapshot.jpg and POST /v1/streams/{name}/snapshot: the newest frame as a JPEG, with <c>?annotated=1</c> and its boxes.</summary>
internal static class SnapshotEndpoints
{
    public static void MapSnapshots(this IEndpointRouteBuilder routes)
    {
        Map(routes.MapGet("/v1/streams/{name}/snapshot.jpg", SnapshotAsync), "GetSnapshot");
        Map(routes.MapPost("/v1/streams/{name}/snapshot", SnapshotAsync), "TakeSnapshot");

        static void Map(RouteHandlerBuilder route, string name) => route.RequireRight(AccessRight.Read, "name")
            .WithName(name).WithSummary("The newest frame as a JPEG, at most a second old; annotated=1 draws its boxes.")
            .Produces<Stream>(StatusCodes.Status200OK, "image/jpeg")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> SnapshotAsync(HttpContext context, string name, string? annotated, PipelineDirectory pipelines, Snapshots snapshots)
    {
        if (annotated is not (null or "" or "0" or "1" or "false" or "true"))
        {
            return JsonBody.Problem("'annotated' is neither 1 nor 0.");
        }

        if (pipelines.FindEscaped(name) is not { } pipeline)
        {
            return StreamEndpoints.NoSuchStream(name);
        }

        var (jpeg, why) = await snapshots.TakeAsync(pipeline, annotated is "1" or "true", context.RequestAborted);
        if (jpeg is not { } picture)
        {
            return JsonBody.Problem(why, StatusCodes.Status503ServiceUnavailable);
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{pipeline.Options.Name.Value.Replace('/', '-')}.jpg\"";
        return TypedResults.Bytes(picture, "image/jpeg");
    }
}
