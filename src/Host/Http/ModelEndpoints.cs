using VisionStream.Host.Models;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>GET /v1/models: which models a stream can be given by name.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/models", () => TypedResults.Ok(new ModelList([.. ModelLibrary.Default.List().Select(m => new ModelFacts(m.Name, m.IsBundled))])))
            .RequireRight(AccessRight.Admin)
            .WithName("ListModels").WithSummary("Lists the models that a stream can be given by name.");
}
