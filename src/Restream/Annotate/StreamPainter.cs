using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.LibAv;
using VisionStream.Restream.Drawing;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Prediction;

namespace VisionStream.Restream.Annotate;

/// <summary>
/// For one thread. Makes the output's pictures out of the source's frames and results: the frame brought to the output's size, its
/// boxes where they are expected at the frame's own time, the information line. While the source is away, its last frame, dimmed.
/// Allocates nothing while source and output stay as they are.
/// </summary>
internal sealed class StreamPainter : IDisposable
{
    // Dark enough to be seen as a fault at once, bright enough to recognise the place.
    private const int DimWeight = RowBlend.Opaque * 6 / 10;

    private readonly AnnotationOptions _options;
    private readonly FrameFormat _output;
    private readonly FrameComposer _composer;
    private readonly FrameAnnotator _annotator;
    private readonly MotionPrediction _prediction = new();
    private readonly Annotation[] _boxes = new Annotation[MotionPrediction.MaxBoxes];
    private readonly ResultRate _rate;
    private readonly InformationLine _line;

    /// <param name="stream">The stream's name, for the information line.</param>
    /// <param name="options">What is drawn.</param>
    /// <param name="output">The pictures that come out.</param>
    /// <param name="time">The clock that is shown.</param>
    public StreamPainter(StreamName stream, AnnotationOptions options, FrameFormat output, TimeProvider time)
    {
        _options = options;
        _output = output;
        _composer = new FrameComposer(output);
        _annotator = new FrameAnnotator(options.Scale);
        _rate = new ResultRate(time);
        _line = new InformationLine(stream, time);
    }

    /// <summary>Takes note of the newest result; the same one again does nothing.</summary>
    public void Observe(FrameDetections? newest)
    {
        if (newest is null || ReferenceEquals(newest, _prediction.Newest))
        {
            return;
        }

        _prediction.Observe(newest);
        _rate.Observe(newest);
    }

    /// <summary>Draws a frame with everything on it.</summary>
    /// <param name="frame">The source's frame, whose lease is held; it is only read.</param>
    /// <param name="picture">A picture of the output's format that owns its buffers.</param>
    public void Paint(VideoFrame frame, Frame picture)
    {
        var fit = _composer.Compose(frame, picture);
        var canvas = FrameCanvas.Over(picture, _output);
        if (_options.Boxes && _prediction.Newest is { } newest && newest.Session.Id == frame.Info.Session.Id)
        {
            _annotator.DrawBoxes(canvas, _boxes.AsSpan(0, PlaceBoxes(frame, newest, fit)));
        }

        if (_options.Information)
        {
            _annotator.DrawInformation(canvas, _line.Describe(_prediction.Newest, _rate.PerSecond()));
        }
    }

    /// <summary>Draws the source's last frame as a sign that it is away.</summary>
    /// <param name="frame">The last frame, whose lease is held.</param>
    /// <param name="picture">A picture of the output's format that owns its buffers.</param>
    /// <param name="since">When that frame came.</param>
    public void PaintStill(VideoFrame frame, Frame picture, DateTimeOffset since)
    {
        _composer.Compose(frame, picture);
        var canvas = FrameCanvas.Over(picture, _output);
        canvas.Dim(DimWeight);
        _annotator.DrawNotice(canvas, _line.NoSignal(since));
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose() => _composer.Dispose();

    private int PlaceBoxes(VideoFrame frame, FrameDetections newest, in PictureFit fit)
    {
        var pts = _options.Prediction ? frame.Info.Pts.Milliseconds : newest.PtsMs;
        var count = _prediction.Predict(pts, _boxes);

        // The result may be of another size when the source has just changed its own.
        var (scaleX, scaleY) = ((float)frame.Format.Width / newest.Width, (float)frame.Format.Height / newest.Height);
        for (var i = 0; i < count; i++)
        {
            var box = _boxes[i].Box;
            var scaled = new BoundingBox(box.X * scaleX, box.Y * scaleY, box.Width * scaleX, box.Height * scaleY);
            _boxes[i] = _boxes[i] with { Box = fit.Map(scaled) };
        }

        return count;
    }
}
