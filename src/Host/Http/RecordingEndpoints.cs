using VisionStream.Core.Streams;
using VisionStream.Host.Pipelines;
using VisionStream.Host.Recording;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>GET and POST /v1/streams/{name}/recording, GET /v1/streams/{name}/recordings and its files.</summary>
internal static class RecordingEndpoints
{
    public static void MapRecordings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/streams/{name}/recording", SetAsync).RequireRight(AccessRight.Admin)
            .WithName("SetRecording").WithSummary("Starts or stops recording a stream.")
            .Accepts<RecordingRequest>("application/json").Produces<RecordingState>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status502BadGateway);
        routes.MapGet("/v1/streams/{name}/recording", LookAsync).RequireRight(AccessRight.Read, "name")
            .WithName("GetRecording").WithSummary("Tells whether a stream is recorded.")
            .Produces<RecordingState>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);
        routes.MapGet("/v1/streams/{name}/recordings", ListAsync).RequireRight(AccessRight.Read, "name")
            .WithName("ListRecordings").WithSummary("Lists what is recorded of a stream, oldest first, with links.")
            .Produces<RecordingList>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);
        routes.MapGet("/v1/streams/{name}/recordings/{file}", Download).RequireRight(AccessRight.Read, "name")
            .WithName("GetRecordedFile").WithSummary("A recording that is kept here, as MP4.")
            .Produces<Stream>(StatusCodes.Status200OK, "video/mp4").Produces<Stream>(StatusCodes.Status206PartialContent, "video/mp4")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SetAsync(string name, HttpContext context, PipelineDirectory pipelines, StreamRecording recording)
    {
        var (body, problem) = await JsonBody.ReadAsync<RecordingRequest>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Action is not ("start" or "stop"))
        {
            return JsonBody.Invalid(["action: write start or stop."]);
        }

        return pipelines.FindEscaped(name) is { } pipeline
            ? Answer(pipeline, await recording.SetAsync(pipeline, body.Action == "start", context.RequestAborted))
            : StreamEndpoints.NoSuchStream(name);
    }

    private static async Task<IResult> LookAsync(string name, HttpContext context, PipelineDirectory pipelines, StreamRecording recording) =>
        pipelines.FindEscaped(name) is { } pipeline
            ? Answer(pipeline, await recording.LookAsync(pipeline, context.RequestAborted))
            : StreamEndpoints.NoSuchStream(name);

    private static async Task<IResult> ListAsync(string name, HttpContext context, PipelineDirectory pipelines, StreamRecording recording)
    {
        if (pipelines.FindEscaped(name) is not { } pipeline)
        {
            return StreamEndpoints.NoSuchStream(name);
        }

        var (answer, recordings) = await recording.ListAsync(pipeline, context.Request.Host.Host, context.RequestAborted);
        return answer.Outcome == RecordingOutcome.Done
            ? TypedResults.Ok(new RecordingList(pipeline.Options.Name.Value, answer.By, recordings))
            : Answer(pipeline, answer);
    }

    // Of streams that have ended too: their recordings outlive them.
    private static IResult Download(string name, string file, RecordingShelf shelf) =>
        StreamName.TryParse(Uri.UnescapeDataString(name), out var stream, out _) && shelf.Find(stream, file) is { } path
            ? TypedResults.PhysicalFile(path, "video/mp4", enableRangeProcessing: true)
            : JsonBody.Problem("There is no such recording; GET /v1/streams/{name}/recordings lists those there are.", StatusCodes.Status404NotFound);

    private static IResult Answer(StreamPipeline pipeline, RecordingAnswer answer) => answer.Outcome switch
    {
        RecordingOutcome.Done => TypedResults.Ok(RecordingState.Of(pipeline.Options.Name.Value, answer)),
        RecordingOutcome.Refused => JsonBody.Problem(answer.Sentence, StatusCodes.Status409Conflict),
        _ => JsonBody.Problem(answer.Sentence, StatusCodes.Status502BadGateway),
    };
}
