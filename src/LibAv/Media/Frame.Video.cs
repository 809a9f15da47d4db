using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <content>The picture: size, format, colours, planes.</content>
public sealed unsafe partial class Frame
{
    // Rows start at multiples of this many bytes in the buffers made here: one AVX-512 register.
    private const int RowAlignment = 64;

    /// <summary>Width in pixels.</summary>
    public int Width => Native->width;

    /// <summary>Height in pixels.</summary>
    public int Height => Native->height;

    /// <summary>Pixel format; <see cref="PixelFormat.Other"/> for one without a name here.</summary>
    public PixelFormat PixelFormat => PixelLayout.Format;

    /// <summary>libav's name of the pixel format.</summary>
    public string PixelFormatName => PixelLayout.Name;

    /// <summary>Number of planes.</summary>
    public int PlaneCount => PixelLayout.PlaneCount;

    /// <summary>Matrix of the colours.</summary>
    public ColorSpace ColorSpace
    {
        get => (ColorSpace)Native->colorspace;
        set => Native->colorspace = (int)value;
    }

    /// <summary>Range of the colours.</summary>
    public ColorRange ColorRange
    {
        get => (ColorRange)Native->color_range;
        set => Native->color_range = (int)value;
    }

    /// <summary>Width of a pixel over its height; 0/1 when unknown.</summary>
    public Rational SampleAspectRatio
    {
        get => Rational.From(Native->sample_aspect_ratio);
        set => Native->sample_aspect_ratio = value.ToNative();
    }

    private PixelLayout PixelLayout
    {
        get
        {
            var format = Native->format;
            return _layout is { } layout && layout.Native == format ? layout : _layout = PixelFormats.Of(format);
        }
    }

    /// <summary>Bytes from one row of a plane to the next; more than the row itself, and negative for a picture stored bottom up.</summary>
    public int Stride(int plane)
    {
        CheckPlane(plane);
        return Native->linesize[plane];
    }

    /// <summary>Rows of a plane.</summary>
    public int PlaneRows(int plane)
    {
        CheckPlane(plane);
        return PixelLayout.Rows(plane, Height);
    }

    /// <summary>Bytes of a row of a plane that hold pixels.</summary>
    public int PlaneRowBytes(int plane)
    {
        CheckPlane(plane);
        return Averror.Check(UtilFunctions.av_image_get_linesize(Native->format, Width, plane), "Measuring a plane of", PixelLayout.Name);
    }

    /// <summary>
    /// A plane from its first pixel to its last: row y starts at <c>y * Stride(plane)</c>. Valid until the frame changes or
    /// is disposed.
    /// </summary>
    /// <exception cref="NotSupportedException">The picture is stored bottom up; a <c>Scaler</c> turns it.</exception>
    public ReadOnlySpan<byte> Plane(int plane)
    {
        return Bytes(plane);
    }

    /// <summary>As <see cref="Plane"/>, for writing.</summary>
    /// <exception cref="InvalidOperationException">Others refer to the data: call <see cref="MakeWritable"/> first.</exception>
    public Span<byte> WritablePlane(int plane)
    {
        return IsWritable ? Bytes(plane) : throw new InvalidOperationException("The frame's data is shared: call MakeWritable before writing to it.");
    }

    /// <summary>Gives the frame a picture buffer of its own, contents undefined; what it held is dropped.</summary>
    public void AllocateVideo(int width, int height, PixelFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var native = PixelFormats.ToNative(format);
        Clear();
        Native->width = width;
        Native->height = height;
        Native->format = native;
        _ = Averror.Check(UtilFunctions.av_frame_get_buffer(Native, RowAlignment), "Allocating a picture");
    }

    private Span<byte> Bytes(int plane)
    {
        CheckPlane(plane);
        var stride = Native->linesize[plane];
        if (stride < 0)
        {
            throw new NotSupportedException("The picture is stored bottom up: pass it through a Scaler first.");
        }

        var length = (PlaneRows(plane) - 1) * (long)stride + PlaneRowBytes(plane);
        return new Span<byte>((void*)Native->data[plane], checked((int)length));
    }

    private void CheckPlane(int plane)
    {
        if ((uint)plane >= (uint)PlaneCount || Native->data[plane] == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(plane), plane, $"The frame has {(HasData ? PlaneCount : 0)} planes.");
        }
    }
}
