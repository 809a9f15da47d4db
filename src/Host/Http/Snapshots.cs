using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Host.Pipelines;
using VisionStream.Restream.Stills;

namespace VisionStream.Host.Http;

/// <summary>Safe from any thread. Takes pictures of streams, of frames that are at most a second old.</summary>
internal sealed class Snapshots(DetectionFeed feed, TimeProvider time)
{
    /// <summary>A frame that is older is not the present any more.</summary>
    public static readonly TimeSpan OldestFrame = TimeSpan.FromSeconds(1);

    // libav's second best quality: a snapshot is looked at closely, and there are few of them.
    private const int Quality = 2;

    /// <summary>Takes one.</summary>
    /// <param name="pipeline">The stream.</param>
    /// <param name="annotated">Whether the boxes are drawn that were found in that very frame; the next result is waited for, a second at most.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The JPEG, or the sentence that says why there is none.</returns>
    public async Task<(ReadOnlyMemory<byte>? Jpeg, string Why)> TakeAsync(StreamPipeline pipeline, bool annotated, CancellationToken cancel)
    {
        if (!annotated)
        {
            return Encode(pipeline, null);
        }

        using var next = new NextResult(feed, pipeline.Options.Name);
        var newest = feed.Find(pipeline.Options.Name)?.Newest;
        if (newest is not null && Encode(pipeline, newest) is { Jpeg: not null } present)
        {
            return present;
        }

        // Without frames there will be no result; their sentence is the better one.
        if (Age(pipeline) is not { } age || age > OldestFrame)
        {
            return Encode(pipeline, null) is { Jpeg: null } none ? none : (null, Late(pipeline));
        }

        try
        {
            return Encode(pipeline, await next.Result.WaitAsync(OldestFrame, time, cancel));
        }
        catch (TimeoutException)
        {
            return (null, Late(pipeline));
        }
    }

    private static string Late(StreamPipeline pipeline) =>
        $"No frame of {pipeline.Options.Name} was analysed within the last second (it is set to {pipeline.Options.Analysis.Fps:0.##} a second); take one without boxes.";

    private TimeSpan? Age(StreamPipeline pipeline)
    {
        if (!pipeline.Readers.TryEnter())
        {
            return null;
        }

        try
        {
            if (!pipeline.Live.Ring.TryLeaseNewest(0, out var lease))
            {
                return null;
            }

            using (lease)
            {
                return time.GetElapsedTime(lease.Frame.Info.DecodedAt);
            }
        }
        finally
        {
            pipeline.Readers.Leave();
        }
    }

    private (ReadOnlyMemory<byte>? Jpeg, string Why) Encode(StreamPipeline pipeline, FrameDetections? detections)
    {
        var name = pipeline.Options.Name;
        if (!pipeline.Readers.TryEnter())
        {
            return (null, $"{name} is being removed.");
        }

        try
        {
            var ring = pipeline.Live.Ring;
            if (!(detections is null ? ring.TryLeaseNewest(0, out var lease) : ring.TryLeaseNext(detections.FrameId - 1, out lease)))
            {
                return (null, $"{name} has had no frame yet: {feed.Find(name)?.Status.Reason ?? "it has just been made."}");
            }

            using (lease)
            {
                if (detections is not null && lease.Frame.Id != detections.FrameId)
                {
                    return (null, Late(pipeline));
                }

                if (time.GetElapsedTime(lease.Frame.Info.DecodedAt) > OldestFrame)
                {
                    return (null, $"{name} has had no frame for more than {OldestFrame.TotalSeconds:0} s: {feed.Find(name)?.Status.Reason}");
                }

                using var jpeg = new JpegEncoder(FrameFormat.MaxSide, Quality);
                return (jpeg.Encode(lease.Frame, detections), "");
            }
        }
        finally
        {
            pipeline.Readers.Leave();
        }
    }
}
