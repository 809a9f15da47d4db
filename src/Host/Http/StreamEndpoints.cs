using VisionStream.Host.Access;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>GET and POST /v1/streams, GET, PATCH and DELETE /v1/streams/{name}; a name's slashes are written as %2F or as they are.</summary>
internal static class StreamEndpoints
{
    private const string One = "/v1/streams/{**name}";

    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/streams", ListAsync).DecidedByHandler("Each caller gets the streams that it may read.")
            .WithName("ListStreams").WithSummary("Lists the streams that the caller may read.")
            .Produces<StreamList>().ProducesProblem(StatusCodes.Status401Unauthorized);
        routes.MapPost("/v1/streams", PostAsync).RequireRight(AccessRight.Admin)
            .WithName("PostStream").WithSummary("Makes a stream and answers with everything an app needs; the same request again finds it.")
            .Accepts<StreamRequest>("application/json").Produces<StreamFacts>(StatusCodes.Status201Created).Produces<StreamFacts>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        routes.MapGet(One, GetAsync).RequireRight(AccessRight.Read, "name")
            .WithName("GetStream").WithSummary("Tells of one stream.")
            .Produces<StreamFacts>().ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPatch(One, PatchAsync).RequireRight(AccessRight.Admin)
            .WithName("PatchStream").WithSummary("Changes how a stream is analysed, and its annotated video, while it runs.")
            .Accepts<StreamPatch>("application/json").Produces<StreamFacts>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        routes.MapDelete(One, DeleteAsync).RequireRight(AccessRight.Admin)
            .WithName("DeleteStream").WithSummary("Ends a stream.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The answer about a stream that is not there.</summary>
    public static IResult NoSuchStream(string name) =>
        JsonBody.Problem($"There is no stream '{Uri.UnescapeDataString(name)}'; GET /v1/streams lists those there are.", StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(HttpContext context, PipelineDirectory pipelines, StreamView view, AccessGate gate)
    {
        var caller = await gate.IdentifyAsync(context);
        return caller.Decision == AccessDecision.Granted
            ? TypedResults.Ok(new StreamList(
                [.. pipelines.All.Where(p => caller.May(AccessRight.Read, p.Options.Name)).Select(p => view.Of(p, context.Request, caller))]))
            : gate.Problem(context, caller.Decision, AccessRight.Read);
    }

    private static async Task<IResult> GetAsync(string name, HttpContext context, PipelineDirectory pipelines, StreamView view, AccessGate gate) =>
        pipelines.FindEscaped(name) is { } pipeline
            ? TypedResults.Ok(view.Of(pipeline, context.Request, await gate.IdentifyAsync(context)))
            : NoSuchStream(name);

    private static async Task<IResult> PostAsync(
        HttpContext context, PostedStreams posted, StreamView view, StreamCredentials credentials, CallerUrls urls, AccessGate gate)
    {
        var (body, problem) = await JsonBody.ReadAsync<StreamRequest>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Validate() is { Count: > 0 } errors || (errors = await RefusalsAsync(urls, body.Url, body.Annotate, context.RequestAborted)).Count > 0)
        {
            return JsonBody.Invalid(errors);
        }

        try
        {
            var result = await posted.PostAsync(body);
            if (result.Pipeline is not { } pipeline)
            {
                return JsonBody.Problem(result.Sentence, StatusCodes.Status409Conflict);
            }

            var creator = await gate.IdentifyAsync(context);
            var lifetime = body.Ttl is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
            var facts = view.Of(pipeline, context.Request, creator, credentials.Issue(pipeline.Options.Name, creator.Name, lifetime));
            return result.Outcome == PostOutcome.Created
                ? TypedResults.Created($"/v1/streams/{Uri.EscapeDataString(facts.Name)}", facts)
                : TypedResults.Ok(facts);
        }
        catch (BadInputException e)
        {
            return JsonBody.Invalid([e.Message]);
        }
    }

    private static async Task<IResult> PatchAsync(
        string name, HttpContext context, PostedStreams posted, StreamView view, CallerUrls urls, AccessGate gate)
    {
        var (body, problem) = await JsonBody.ReadAsync<StreamPatch>(context);
        if (!RouteStream.TryRead(name, out var stream, out var noName) || body is null)
        {
            return noName ?? problem!;
        }

        if (body.Validate() is { Count: > 0 } errors || (errors = await RefusalsAsync(urls, null, body.Annotate, context.RequestAborted)).Count > 0)
        {
            return JsonBody.Invalid(errors);
        }

        try
        {
            return await posted.PatchAsync(stream, body) is { } pipeline
                ? TypedResults.Ok(view.Of(pipeline, context.Request, await gate.IdentifyAsync(context)))
                : NoSuchStream(name);
        }
        catch (BadInputException e)
        {
            return JsonBody.Invalid([e.Message]);
        }
    }

    private static async Task<IResult> DeleteAsync(string name, PostedStreams posted) =>
        !RouteStream.TryRead(name, out var stream, out var problem) ? problem!
        : await posted.DeleteAsync(stream) ? TypedResults.NoContent()
        : NoSuchStream(name);

    // What the service opens on a caller's word, the configuration has to allow.
    private static async Task<IReadOnlyList<string>> RefusalsAsync(CallerUrls urls, string? source, AnnotateWish? annotate, CancellationToken cancel)
    {
        var errors = new List<string>();
        if (source is not null && await urls.RefuseSourceAsync(source, cancel) is { } sourceError)
        {
            errors.Add($"url: {sourceError}");
        }

        if (annotate?.Url is { } target && await urls.RefuseTargetAsync(target, cancel) is { } targetError)
        {
            errors.Add($"annotate: {targetError}");
        }

        return errors;
    }
}
