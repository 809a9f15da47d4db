using VisionStream.Core.Frames;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Decoding;

/// <summary>
/// For one thread. Brings decoded pictures into slots of a ring. What already lies as one of our layouts is copied plane by plane;
/// anything else goes through libswscale first. Allocates nothing while size and format stay.
/// </summary>
internal sealed class FrameCopier : IDisposable
{
    private Scaler? _scaler;
    private Frame? _scaled;

    /// <summary>Whether a ring takes pictures of this size.</summary>
    public static bool Fits(Frame picture) => picture.Width is > 0 and <= FrameFormat.MaxSide && picture.Height is > 0 and <= FrameFormat.MaxSide;

    /// <summary>The picture itself or a converted one, whose planes lie as <paramref name="format"/> says; valid until the next call.</summary>
    /// <exception cref="LibAvException">libswscale cannot read the picture's format.</exception>
    public Frame Prepare(Frame picture, out FrameFormat format)
    {
        var source = picture;
        var layout = Colors.LayoutOf(picture.PixelFormat);
        if (layout is null || IsBottomUp(picture))
        {
            layout = HasFullChroma(picture.PixelFormatName) ? PixelLayout.I444 : PixelLayout.I420;
            source = Convert(picture, layout == PixelLayout.I444 ? PixelFormat.Yuv444P : PixelFormat.Yuv420P);
        }

        format = new FrameFormat(
            picture.Width,
            picture.Height,
            layout.Value,
            Colors.MatrixOf(source.ColorSpace, picture.Width, picture.Height),
            Colors.RangeOf(source.ColorRange, source.PixelFormat));
        return source;
    }

    /// <summary>Copies the planes of a prepared picture into a slot of its format.</summary>
    public static void Copy(Frame prepared, in FrameFormat format, FrameWrite write)
    {
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            write.CopyPlane(plane, prepared.Plane(plane), prepared.Stride(plane));
        }
    }

    /// <summary>Frees the converter.</summary>
    public void Dispose()
    {
        _scaler?.Dispose();
        _scaled?.Dispose();
    }

    // Stills mostly: RGB, and YUV whose chroma is halved in one direction less than I420's or not at all.
    private static bool HasFullChroma(string name) =>
        name.Contains("444", StringComparison.Ordinal) || name.Contains("440", StringComparison.Ordinal)
        || name.Contains("rgb", StringComparison.Ordinal) || name.Contains("bgr", StringComparison.Ordinal) || name.Contains("gbr", StringComparison.Ordinal)
        || name == "pal8";

    private static bool IsBottomUp(Frame picture)
    {
        for (var plane = 0; plane < picture.PlaneCount; plane++)
        {
            if (picture.Stride(plane) < 0)
            {
                return true;
            }
        }

        return false;
    }

    private Frame Convert(Frame picture, PixelFormat format)
    {
        _scaler ??= new Scaler(ScaleFilter.Bilinear);
        _scaled ??= new Frame();
        if (_scaled.Width != picture.Width || _scaled.Height != picture.Height || !_scaled.HasData || _scaled.PixelFormat != format)
        {
            _scaled.AllocateVideo(picture.Width, picture.Height, format);
        }

        // The scaler fills in what it makes of a picture that does not say; what the one before was does not count. Full range
        // stays full (JPEGs with chroma halved downwards), since squeezing it would round twice.
        var name = picture.PixelFormatName;
        var isFullYuv = name.StartsWith("yuvj", StringComparison.Ordinal)
            || (picture.ColorRange == LibAv.ColorRange.Full && name.StartsWith("yuv", StringComparison.Ordinal));
        _scaled.ColorSpace = ColorSpace.Unspecified;
        _scaled.ColorRange = isFullYuv ? LibAv.ColorRange.Full : LibAv.ColorRange.Unspecified;
        _scaler.Scale(picture, _scaled);
        return _scaled;
    }
}
