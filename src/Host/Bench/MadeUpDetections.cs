using VisionStream.Core.Detections;
using VisionStream.Core.Frames;

namespace VisionStream.Host.Bench;

/// <summary>
/// Called on the ingest's thread. Ten results a second of ten objects that move, so that an annotated stream has as much to draw as in
/// a busy street and no model takes part in what is measured.
/// </summary>
internal sealed class MadeUpDetections(LiveStream stream, DetectionFeed feed)
{
    // Of 30 frames a second every third makes ten results.
    private const int Every = 3;
    private const int Objects = 10;

    private static readonly ModelInfo Model = new("made up", [.. Enumerable.Range(0, Objects).Select(i => $"class {i}")]);

    private long _sequence;

    /// <summary>Publishes a result where one is due.</summary>
    public void Observe(VideoFrame frame)
    {
        if (frame.Id % Every != 0)
        {
            return;
        }

        // Across the picture and back to its left side.
        var (width, height) = (frame.Format.Width / 6f, frame.Format.Height / 3f);
        var detections = new Detection[Objects];
        for (var i = 0; i < Objects; i++)
        {
            var x = ((i * frame.Format.Width / (float)Objects) + (frame.Id * 2)) % (frame.Format.Width - width);
            var y = i * (frame.Format.Height - height) / Objects;
            detections[i] = new Detection(i, Model.Labels[i], 0.8f, new BoundingBox(x, y, width, height));
        }

        feed.Publish(new FrameDetections
        {
            Stream = stream.Name,
            Session = frame.Info.Session,
            Sequence = ++_sequence,
            FrameId = frame.Id,
            PtsMs = frame.Info.Pts.Milliseconds,
            Width = frame.Format.Width,
            Height = frame.Format.Height,
            IngestedAt = frame.Info.IngestedAt,
            Clock = frame.Info.Clock,
            Latency = default,
            Model = Model,
            Dropped = 0,
            Detections = detections,
        });
    }
}
