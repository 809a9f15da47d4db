using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;
using VisionStream.Restream.Annotate;

namespace VisionStream.Host.Http;

/// <summary>POST /v1/streams/{name}/keyframe: a key frame of the annotated video now, for a viewer who has just come.</summary>
internal static class KeyFrameEndpoints
{
    public static void MapKeyFrames(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/streams/{name}/keyframe", Request).RequireRight(AccessRight.Admin)
            .WithName("RequestKeyFrame").WithSummary("Makes the next picture of a stream's annotated video a key frame, so that a viewer can join at once.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static IResult Request(string name, PipelineDirectory pipelines)
    {
        if (pipelines.FindEscaped(name) is not { } pipeline)
        {
            return StreamEndpoints.NoSuchStream(name);
        }

        // One whose target was given up makes no more pictures.
        if (pipeline.Annotated is not { Status.State: not RestreamState.Stopped } annotated)
        {
            return JsonBody.Problem(
                $"The stream '{pipeline.Options.Name}' has no annotated video; switch it on with PATCH and \"annotate\".", StatusCodes.Status409Conflict);
        }

        annotated.RequestKeyFrame();
        return TypedResults.NoContent();
    }
}
