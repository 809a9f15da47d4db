using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>
/// For one thread. Brings pictures into the memory of a graphics device, for encoders that read them there and nowhere else. There they
/// are NV12, the one format that the H.264 encoders of all such devices take; Yuv420P becomes that on the way.
/// </summary>
internal sealed unsafe class HardwareFrames : IDisposable
{
    // As in the encoding example of FFmpeg's documentation; VA-API wants to know how many there will be when the encoder is opened.
    private const int Surfaces = 20;

    private readonly BufferHandle _frames;
    private readonly Frame _converted = new();
    private readonly Frame _surface = new();

    private HardwareFrames(BufferHandle frames, int format)
    {
        (_frames, Format) = (frames, format);
    }

    /// <summary>The native pixel format that stands for pictures of that device.</summary>
    public int Format { get; }

    /// <summary>Opens a device of a kind, the first that libav finds, and makes room for pictures of a size.</summary>
    /// <param name="kind">libav's name of the kind: vaapi.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="LibAvException">There is no such device, or it has no room for such pictures.</exception>
    public static HardwareFrames Open(string kind, int width, int height)
    {
        _ = LibAvLibraries.Load();
        using var name = new NativeText(kind);
        var type = HardwareFunctions.av_hwdevice_find_type_by_name(name.Pointer);
        var format = UtilFunctions.av_get_pix_fmt(name.Pointer);
        if (type <= 0 || format < 0)
        {
            throw new LibAvException($"This FFmpeg knows no devices of kind {kind}.", LibAvError.Unsupported);
        }

        AVBufferRef* opened = null;
        _ = Averror.Check(HardwareFunctions.av_hwdevice_ctx_create(&opened, type, null, null, 0), "Opening a device of kind", kind);
        using var device = new BufferHandle(opened);
        var frames = new BufferHandle(
            (AVBufferRef*)Averror.Allocated(HardwareFunctions.av_hwframe_ctx_alloc(device.Reference), "Allocating pictures of a device"));
        try
        {
            var context = (AVHWFramesContext*)frames.Reference->data;
            context->format = format;
            context->sw_format = PixelFormats.ToNative(PixelFormat.Nv12);
            context->width = width;
            context->height = height;
            context->initial_pool_size = Surfaces;
            _ = Averror.Check(HardwareFunctions.av_hwframe_ctx_init(frames.Reference), "Making room for pictures on a device of kind", kind);
            return new HardwareFrames(frames, format);
        }
        catch
        {
            frames.Dispose();
            throw;
        }
    }

    /// <summary>Another reference to the room for pictures; whoever gets it gives it back.</summary>
    public AVBufferRef* Share()
    {
        return (AVBufferRef*)Averror.Allocated(HardwareFunctions.av_buffer_ref(_frames.Reference), "Sharing pictures of a device");
    }

    /// <summary>Brings a picture to the device.</summary>
    /// <param name="picture">NV12 or Yuv420P of the size that was opened; it is only read.</param>
    /// <returns>The picture there, with its time and type, until the next call; whoever keeps it takes a reference.</returns>
    /// <exception cref="LibAvException">The device failed, has no picture left, or the picture is of another format.</exception>
    public AVFrame* Upload(Frame picture)
    {
        UtilFunctions.av_frame_unref(_surface.Native);
        _ = Averror.Check(HardwareFunctions.av_hwframe_get_buffer(_frames.Reference, _surface.Native, 0), "Taking a picture of", "a device");
        _ = Averror.Check(HardwareFunctions.av_hwframe_transfer_data(_surface.Native, AsNv12(picture).Native, 0), "Bringing a picture to", "a device");
        _ = Averror.Check(UtilFunctions.av_frame_copy_props(_surface.Native, picture.Native), "Describing a picture of", "a device");
        return _surface.Native;
    }

    /// <summary>Gives everything back; an encoder that shares the room keeps it until it is closed.</summary>
    public void Dispose()
    {
        _surface.Dispose();
        _converted.Dispose();
        _frames.Dispose();
    }

    private Frame AsNv12(Frame picture)
    {
        if (picture.PixelFormat == PixelFormat.Nv12)
        {
            return picture;
        }

        if (picture.PixelFormat != PixelFormat.Yuv420P)
        {
            throw new LibAvException($"Pictures are brought to a device as NV12 or Yuv420P, not as {picture.PixelFormatName}.", LibAvError.Unsupported);
        }

        // The device may still be reading the last one.
        if (!_converted.HasData || !_converted.IsWritable)
        {
            _converted.AllocateVideo(picture.Width, picture.Height, PixelFormat.Nv12);
        }

        Interleave(picture, _converted);
        return _converted;
    }

    private static void Interleave(Frame planar, Frame nv12)
    {
        var luma = nv12.WritablePlane(0);
        var chroma = nv12.WritablePlane(1);
        for (var y = 0; y < planar.Height; y++)
        {
            planar.Plane(0).Slice(y * planar.Stride(0), planar.Width).CopyTo(luma[(y * nv12.Stride(0))..]);
        }

        var width = (planar.Width + 1) / 2;
        for (var y = 0; y < (planar.Height + 1) / 2; y++)
        {
            var u = planar.Plane(1).Slice(y * planar.Stride(1), width);
            var v = planar.Plane(2).Slice(y * planar.Stride(2), width);
            var row = chroma.Slice(y * nv12.Stride(1), 2 * width);
            for (var x = 0; x < width; x++)
            {
                (row[2 * x], row[(2 * x) + 1]) = (u[x], v[x]);
            }
        }
    }
}
