using VisionStream.Core.Frames;
using VisionStream.LibAv;
using VisionStream.Restream.Drawing;
using ColorRange = VisionStream.LibAv.ColorRange;

namespace VisionStream.Restream.Encoding;

/// <summary>
/// For one thread. Brings frames of any size and layout into the encoder's picture: by a copy of the planes when they agree, else
/// scaled with their shape kept, on black. Allocates nothing while the source stays as it is.
/// </summary>
internal sealed class FrameComposer : IDisposable
{
    private readonly FrameFormat _output;
    private readonly Scaler _scaler = new();
    private readonly Frame _source = new();
    private readonly Frame _fitted = new();
    private FrameFormat _sourceFormat;

    /// <param name="output">The encoder's picture: I420 or NV12, even sides.</param>
    public FrameComposer(FrameFormat output) => _output = output;

    /// <summary>The pixel format in libav's terms.</summary>
    public static PixelFormat PixelFormatOf(PixelLayout layout) => layout switch
    {
        PixelLayout.I420 => PixelFormat.Yuv420P,
        PixelLayout.Nv12 => PixelFormat.Nv12,
        PixelLayout.I422 => PixelFormat.Yuv422P,
        _ => PixelFormat.Yuv444P,
    };

    /// <summary>Marks a picture with what its samples mean.</summary>
    public static void MarkColors(Frame picture, in FrameFormat format)
    {
        picture.ColorSpace = format.Matrix == ColorMatrix.Bt709 ? ColorSpace.Bt709 : ColorSpace.Smpte170M;
        picture.ColorRange = format.Range == Core.Frames.ColorRange.Full ? ColorRange.Full : ColorRange.Limited;
    }

    /// <summary>Fills the encoder's picture.</summary>
    /// <param name="frame">The source's frame; its lease is held during the call.</param>
    /// <param name="picture">A picture of the output's format that owns its buffers.</param>
    /// <returns>Where the frame lies in it.</returns>
    public PictureFit Compose(VideoFrame frame, Frame picture)
    {
        var fit = PictureFit.Into(frame.Format.Width, frame.Format.Height, _output.Width, _output.Height);
        if (frame.Format == _output)
        {
            CopyPlanes(frame, picture);
            return fit;
        }

        if (_sourceFormat != frame.Format)
        {
            Prepare(frame.Format, fit);
        }

        CopyPlanes(frame, _source);
        if (fit.Width == _output.Width && fit.Height == _output.Height)
        {
            _scaler.Scale(_source, picture);
            return fit;
        }

        _scaler.Scale(_source, _fitted);
        var canvas = FrameCanvas.Over(picture, _output);
        canvas.Dim(RowBlend.Opaque);
        Place(canvas, fit);
        return fit;
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        _scaler.Dispose();
        _source.Dispose();
        _fitted.Dispose();
    }

    private static void CopyPlanes(VideoFrame frame, Frame target)
    {
        for (var plane = 0; plane < frame.Format.PlaneCount; plane++)
        {
            var width = frame.Format.PlaneWidth(plane);
            var source = frame.Plane(plane);
            var destination = target.WritablePlane(plane);
            var (from, to) = (frame.Stride(plane), target.Stride(plane));
            for (var y = 0; y < frame.Format.PlaneHeight(plane); y++)
            {
                source.Slice(y * from, width).CopyTo(destination.Slice(y * to, width));
            }
        }
    }

    private void Prepare(in FrameFormat format, in PictureFit fit)
    {
        _source.AllocateVideo(format.Width, format.Height, PixelFormatOf(format.Layout));
        MarkColors(_source, format);
        _fitted.AllocateVideo(fit.Width, fit.Height, PixelFormatOf(_output.Layout));
        MarkColors(_fitted, _output);
        _sourceFormat = format;
    }

    private void Place(in YuvCanvas canvas, in PictureFit fit)
    {
        for (var plane = 0; plane < _output.PlaneCount; plane++)
        {
            // Halved chroma halves the offsets; NV12's chroma rows are as long as those of luma.
            var left = plane == 0 || _output.Layout == PixelLayout.Nv12 ? fit.Left : fit.Left / 2;
            var top = plane == 0 ? fit.Top : fit.Top / 2;
            var width = _fitted.PlaneRowBytes(plane);
            var source = _fitted.Plane(plane);
            for (var y = 0; y < _fitted.PlaneRows(plane); y++)
            {
                source.Slice(y * _fitted.Stride(plane), width).CopyTo(canvas.Row(plane, top + y)[left..]);
            }
        }
    }
}
