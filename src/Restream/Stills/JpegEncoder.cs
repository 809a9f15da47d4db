using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.LibAv;
using VisionStream.Restream.Drawing;
using VisionStream.Restream.Encoding;
using ColorRange = VisionStream.Core.Frames.ColorRange;

namespace VisionStream.Restream.Stills;

/// <summary>
/// For one thread. Makes JPEG pictures (full range, BT.601, as JFIF has it) of frames of any size and layout, scaled down where they
/// are wider than wanted. Keeps its buffers while the frames stay as they are.
/// </summary>
/// <param name="maxWidth">The widest picture that is made, in pixels; its shape is kept.</param>
/// <param name="quality">1 (best) to 31, as libav counts (default: 4, hard to tell from the original).</param>
public sealed class JpegEncoder(int maxWidth, int quality = 4) : IDisposable
{
    // libavutil's FF_QP2LAMBDA: units of global_quality in one step of the quantiser.
    private const int LambdaPerStep = 118;

    private readonly Packet _packet = new();
    private readonly Frame _picture = new();
    private readonly FrameAnnotator _annotator = new();
    private FrameFormat _output;
    private FrameComposer? _composer;
    private VideoEncoder? _encoder;
    private long _count;

    /// <summary>Makes a picture of a frame.</summary>
    /// <param name="frame">The frame, whose lease is held during the call.</param>
    /// <param name="detections">What was found in this very frame, to be drawn on it; <see langword="null"/> draws nothing.</param>
    /// <returns>The JPEG's bytes.</returns>
    /// <exception cref="LibAvException">This FFmpeg has no JPEG encoder, or it failed.</exception>
    public ReadOnlyMemory<byte> Encode(VideoFrame frame, FrameDetections? detections = null)
    {
        var output = OutputFor(frame.Format);
        if (output != _output)
        {
            Prepare(output);
        }

        var fit = _composer!.Compose(frame, _picture);
        if (detections is not null)
        {
            _annotator.DrawBoxes(
                FrameCanvas.Over(_picture, output),
                [.. detections.Detections.Select(d => new Annotation(d.ClassId, d.Label, d.Confidence, fit.Map(d.Box), Opacity: 1))]);
        }

        _picture.Pts = _count++;
        if (_encoder!.Send(_picture) != SendResult.Accepted || _encoder.Receive(_packet) != ReceiveResult.Received)
        {
            // Every JPEG stands alone, so an encoder that holds one back is none.
            throw new InvalidOperationException("The JPEG encoder did not give the picture it was given.");
        }

        return _packet.Data.ToArray();
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        _encoder?.Dispose();
        _composer?.Dispose();
        _picture.Dispose();
        _packet.Dispose();
    }

    private FrameFormat OutputFor(in FrameFormat source)
    {
        var scale = Math.Min(1, maxWidth / (double)source.Width);
        return new FrameFormat(
            Even(source.Width * scale), Even(source.Height * scale), PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Full);
    }

    private void Prepare(in FrameFormat output)
    {
        _encoder?.Dispose();
        _composer?.Dispose();
        _composer = new FrameComposer(output);
        _encoder = VideoEncoder.Open(new VideoEncoderOptions
        {
            Encoder = "mjpeg",
            Width = output.Width,
            Height = output.Height,
            PixelFormat = PixelFormat.Yuvj420P,
            TimeBase = new Rational(1, 25),
            ColorRange = VisionStream.LibAv.ColorRange.Full,
            Options = MediaOptions.None.With("flags", "+qscale").With("global_quality", quality * LambdaPerStep),
        });
        _picture.Clear();
        _picture.AllocateVideo(output.Width, output.Height, PixelFormat.Yuvj420P);
        FrameComposer.MarkColors(_picture, output);
        _output = output;
    }

    private static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
}
