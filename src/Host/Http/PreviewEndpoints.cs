using System.Globalization;
using System.Text;
using System.Threading.Channels;
using VisionStream.Core.Detections;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;
using VisionStream.Restream.Stills;

namespace VisionStream.Host.Http;

/// <summary>
/// GET /v1/streams/{name}/preview.mjpeg: every analysed frame as a JPEG, with its number and PTS in the part's headers, so that a page
/// can draw the boxes of that very frame.
/// </summary>
internal static class PreviewEndpoints
{
    private const string Boundary = "visionstream-frame";

    // Wide enough for a page, and a twentieth of a core at ten pictures a second.
    private const int PreviewWidth = 640;

    /// <summary>Previews at once; each encodes for itself.</summary>
    private const int MaxPreviews = 8;

    // The longest that a timer of .NET waits; a caller who stays longer asks again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    private static int _previews;

    public static void MapPreviews(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/streams/{name}/preview.mjpeg", PreviewAsync).RequireRight(AccessRight.Read, "name")
            .WithName("PreviewStream").WithSummary("Every analysed frame as a JPEG, one part of a multipart answer after the other.")
            .Produces<Stream>(StatusCodes.Status200OK, "multipart/x-mixed-replace")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task PreviewAsync(
        HttpContext context, string name, PipelineDirectory pipelines, DetectionFeed feed, AccessGate gate, TimeProvider time)
    {
        if (pipelines.FindEscaped(name) is not { } pipeline)
        {
            await StreamEndpoints.NoSuchStream(name).ExecuteAsync(context);
            return;
        }

        if (Interlocked.Increment(ref _previews) > MaxPreviews)
        {
            Interlocked.Decrement(ref _previews);
            await Results.Problem($"{MaxPreviews} previews are running; close one.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
            return;
        }

        try
        {
            context.Response.ContentType = $"multipart/x-mixed-replace; boundary={Boundary}";
            context.Response.Headers.CacheControl = "no-store";
            using var expiry = EndOf(await gate.IdentifyAsync(context), time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, pipeline.Ended, expiry.Token);
            await SendAsync(context, pipeline, feed, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The viewer left, what it came with has expired, or the stream was removed: the ordinary ends.
        }
        finally
        {
            Interlocked.Decrement(ref _previews);
        }
    }

    /// <summary>Cancelled when the caller is nobody any more.</summary>
    private static CancellationTokenSource EndOf(Caller caller, TimeProvider time)
    {
        // One that was let in may have expired since.
        var left = caller.Decision != AccessDecision.Granted ? TimeSpan.Zero
            : caller.ExpiresAt is { } at ? at - time.GetUtcNow()
            : LongestWait;
        return new CancellationTokenSource(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait, time);
    }

    private static async Task SendAsync(HttpContext context, StreamPipeline pipeline, DetectionFeed feed, CancellationToken cancel)
    {
        var live = pipeline.Live;
        // A slow viewer misses pictures; the newest one is what counts.
        var analysed = Channel.CreateBounded<FrameDetections>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var subscription = feed.Subscribe(result =>
        {
            if (result.Stream == live.Name)
            {
                analysed.Writer.TryWrite(result);
            }
        });
        using var jpeg = new JpegEncoder(PreviewWidth);
        await foreach (var result in analysed.Reader.ReadAllAsync(cancel))
        {
            if (EncodeExactly(result.FrameId, pipeline, jpeg) is not { } picture)
            {
                continue;
            }

            var head = string.Create(CultureInfo.InvariantCulture,
                $"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Length}\r\nX-Frame-Id: {result.FrameId}\r\nX-Pts-Ms: {result.PtsMs}\r\n\r\n");
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(head), cancel);
            await context.Response.Body.WriteAsync(picture, cancel);
            await context.Response.Body.WriteAsync("\r\n"u8.ToArray(), cancel);
            await context.Response.Body.FlushAsync(cancel);
        }
    }

    /// <summary>The picture of a frame; nothing when it was overwritten already (another frame's would be a lie) or the stream is ending.</summary>
    private static ReadOnlyMemory<byte>? EncodeExactly(long frame, StreamPipeline pipeline, JpegEncoder jpeg)
    {
        if (!pipeline.Readers.TryEnter())
        {
            return null;
        }

        try
        {
            if (!pipeline.Live.Ring.TryLeaseNext(frame - 1, out var lease))
            {
                return null;
            }

            using (lease)
            {
                return lease.Frame.Id == frame ? jpeg.Encode(lease.Frame) : null;
            }
        }
        finally
        {
            pipeline.Readers.Leave();
        }
    }
}
