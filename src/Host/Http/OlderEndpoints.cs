using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Host.Pipelines;
using VisionStream.Host.Recording;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;
using VisionStream.Restream.Annotate;

namespace VisionStream.Host.Http;

/// <summary>
/// The control API of the systems before this one, for their pages: /api/status, /api/stream/start and stop,
/// /api/recording/start and stop, /api/snapshot, /api/resolution, /api/framerate. It acts on the stream named in the request, or the only one there is, and there on its
/// annotated video.
/// </summary>
internal static class OlderEndpoints
{
    private static readonly string[] Resolutions = ["320p", "480p", "720p"];

    public static void MapOlderApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/status", StatusAsync).DecidedByHandler("Each caller is told of the streams that it may read.")
            .WithName("OlderStatus").WithSummary("Tells of the streams, for older pages.")
            .Produces<OlderStatus>().ProducesProblem(StatusCodes.Status401Unauthorized);
        Map("/api/stream/start", "OlderStart", "Sends the annotated video.", Change(_ => (new StreamPatch { Annotate = new(true, null) }, "The annotated video is sent.")));
        Map("/api/stream/stop", "OlderStop", "Ends the annotated video.", Change(_ => (new StreamPatch { Annotate = new(false, null) }, "The annotated video has ended.")));
        Map("/api/resolution", "OlderResolution", "Sets the lines of the annotated video.", Change(Resolution));
        Map("/api/framerate", "OlderFramerate", "Sets the frame rate of the annotated video.", Change(Framerate));
        Map("/api/recording/start", "OlderRecordingStart", "Starts recording.", Record(true));
        Map("/api/recording/stop", "OlderRecordingStop", "Stops recording.", Record(false));
        Map("/api/snapshot", "OlderSnapshot", "Takes a picture, with boxes where there are any.", SnapshotAsync);

        void Map(string route, string name, string summary, Delegate handler) => routes.MapPost(route, handler).RequireRight(AccessRight.Admin)
            .WithName(name).WithSummary($"{summary} For older pages; the stream is the one named, or the only one.")
            .Accepts<OlderRequest>(isOptional: true, "application/json", "text/plain")
            .Produces<OlderAnswer>().Produces<OlderAnswer>(StatusCodes.Status400BadRequest).Produces<OlderAnswer>(StatusCodes.Status404NotFound)
            .Produces<OlderAnswer>(StatusCodes.Status502BadGateway).Produces<OlderAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static (StreamPatch Patch, string Done) Resolution(OlderRequest request) => Resolutions.Contains(request.Resolution)
        ? (new StreamPatch { AnnotatedHeight = int.Parse(request.Resolution!.TrimEnd('p'), CultureInfo.InvariantCulture) }, $"The annotated video has {request.Resolution}.")
        : throw new BadInputException($"'resolution' is none of {string.Join(", ", Resolutions)}.");

    private static (StreamPatch Patch, string Done) Framerate(OlderRequest request) => request.Framerate is >= 10 and <= 30
        ? (new StreamPatch { AnnotatedFps = request.Framerate }, string.Create(CultureInfo.InvariantCulture, $"The annotated video has at most {request.Framerate} frames a second."))
        : throw new BadInputException("'framerate' is no number from 10 to 30.");

    private static Func<HttpContext, PipelineDirectory, PostedStreams, Task<IResult>> Change(Func<OlderRequest, (StreamPatch Patch, string Done)> change) =>
        (context, pipelines, posted) => ActAsync(context, pipelines, async (request, chosen) =>
        {
            try
            {
                var (patch, done) = change(request);
                return await posted.PatchAsync(chosen.Options.Name, patch) is { } pipeline
                    ? TypedResults.Ok(new OlderAnswer(true, done) { Stream = pipeline.Options.Name.Value, Streaming = IsStreaming(pipeline) })
                    : Failed("The stream has just been removed.", StatusCodes.Status404NotFound);
            }
            catch (BadInputException e)
            {
                return Failed(e.Message);
            }
        });

    private static Func<HttpContext, PipelineDirectory, StreamRecording, Task<IResult>> Record(bool on) => (context, pipelines, recording) => ActAsync(context, pipelines, async (_, pipeline) =>
    {
        var answer = await recording.SetAsync(pipeline, on, context.RequestAborted);
        return answer.Outcome == RecordingOutcome.Done
            ? TypedResults.Ok(new OlderAnswer(true, on ? "The stream is recorded." : "The recording has ended.") { Stream = pipeline.Options.Name.Value, Streaming = IsStreaming(pipeline) })
            : Failed(answer.Sentence, answer.Outcome == RecordingOutcome.Refused ? StatusCodes.Status400BadRequest : StatusCodes.Status502BadGateway);
    });

    private static Task<IResult> SnapshotAsync(HttpContext context, PipelineDirectory pipelines, Snapshots snapshots) => ActAsync(context, pipelines, async (_, pipeline) =>
    {
        var (jpeg, reason) = await snapshots.TakeAsync(pipeline, annotated: true, context.RequestAborted);
        return jpeg is not { } picture
            ? Failed(reason, StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(new OlderAnswer(true, "The picture was taken.")
            {
                Stream = pipeline.Options.Name.Value,
                Streaming = IsStreaming(pipeline),
                Url = $"/v1/streams/{Uri.EscapeDataString(pipeline.Options.Name.Value)}/snapshot.jpg?annotated=1",
                Image = $"data:image/jpeg;base64,{Convert.ToBase64String(picture.Span)}",
            });
    });

    /// <summary>Does what a request asks to the stream that it means, or says why not.</summary>
    private static async Task<IResult> ActAsync(HttpContext context, PipelineDirectory pipelines, Func<OlderRequest, StreamPipeline, Task<IResult>> act)
    {
        var (request, error) = await OlderRequest.ReadAsync(context.Request);
        if (request is null)
        {
            return Failed(error);
        }

        var (pipeline, why, status) = Choose(pipelines.All, request.Stream);
        return pipeline is null ? Failed(why, status) : await act(request, pipeline);
    }

    private static async Task<IResult> StatusAsync(
        HttpContext context, string? stream, PipelineDirectory pipelines, StreamRecording recording, StreamView view, AccessGate gate)
    {
        var caller = await gate.IdentifyAsync(context);
        if (caller.Decision != AccessDecision.Granted)
        {
            return gate.Problem(context, caller.Decision, AccessRight.Read);
        }

        var readable = pipelines.All.Where(p => caller.May(AccessRight.Read, p.Options.Name)).ToList();
        var status = new OlderStatus(true, [.. readable.Select(p => p.Options.Name.Value)]);
        if (Choose(readable, stream) is not ({ } pipeline, _, _))
        {
            return TypedResults.Ok(status);
        }

        var facts = view.Of(pipeline, context.Request, caller);
        return TypedResults.Ok(status with
        {
            Stream = facts.Name,
            State = facts.State,
            Streaming = IsStreaming(pipeline),
            Recording = (await recording.LookAsync(pipeline, context.RequestAborted)).IsOn,
            Resolution = pipeline.Options.Video.Height is { } height ? string.Create(CultureInfo.InvariantCulture, $"{height}p") : status.Resolution,
            Framerate = pipeline.Options.Video.FrameRate,
            Urls = facts.Addresses,
        });
    }

    private static (StreamPipeline? Pipeline, string Why, int Status) Choose(IReadOnlyList<StreamPipeline> all, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            return (all.FirstOrDefault(p => p.Options.Name.Value == name), $"There is no stream '{name}'.", StatusCodes.Status404NotFound);
        }

        // Of several the one that has an annotated video is meant, if there is just one.
        var annotated = all.Where(p => p.Options.Annotate).ToList();
        var only = all.Count == 1 ? all[0] : annotated.Count == 1 ? annotated[0] : null;
        return all.Count == 0
            ? (only, "There is no stream.", StatusCodes.Status404NotFound)
            : (only, $"There are {all.Count} streams; name one in 'stream'.", StatusCodes.Status400BadRequest);
    }

    private static bool IsStreaming(StreamPipeline pipeline) => pipeline.Annotated?.Status.State is RestreamState.Live or RestreamState.NoSignal;

    private static JsonHttpResult<OlderAnswer> Failed(string why, int status = StatusCodes.Status400BadRequest) => TypedResults.Json(new OlderAnswer(false, why), statusCode: status);
}
