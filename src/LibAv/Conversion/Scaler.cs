using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// Converts pictures between any two sizes and pixel formats (libswscale). One thread at a time. Follows the source when its
/// size, format or colours change; allocates nothing while they stay.
/// </summary>
/// <remarks>
/// The source's matrix and range are what its frame says: an unspecified matrix counts as BT.601 and an unspecified range as
/// limited for YUV (full for RGB and yuvj), which is how ffmpeg converts. The destination keeps what it specifies; left
/// unspecified, YUV takes the source's matrix and limited range, and the frame is marked so.
/// </remarks>
public sealed unsafe class Scaler : IDisposable
{
    // Neutral values of sws_setColorspaceDetails, in 16.16 fixed point.
    private const int NoBrightness = 0;
    private const int FullContrast = 1 << 16;
    private const int FullSaturation = 1 << 16;

    private readonly ContextHandle _context = new();
    private readonly int _flags;

    /// <summary>Makes a scaler.</summary>
    /// <param name="filter">How a pixel is computed.</param>
    /// <param name="accurate">Interpolate chroma fully and round correctly, at a cost in speed: for results that are compared.</param>
    public Scaler(ScaleFilter filter = ScaleFilter.Bilinear, bool accurate = false)
    {
        _ = LibAvLibraries.Load();
        _flags = (int)filter | (accurate ? SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP : 0);
    }

    /// <summary>Converts a picture into the destination's buffers; time stamp and the like are not copied.</summary>
    /// <param name="source">Any picture.</param>
    /// <param name="destination">A frame with buffers of its own, from <see cref="Frame.AllocateVideo"/>: their size and format are what comes out.</param>
    /// <exception cref="LibAvException">libswscale cannot convert between the two formats.</exception>
    public void Scale(Frame source, Frame destination)
    {
        if (!source.HasData || !destination.HasData)
        {
            throw new ArgumentException("The scaler needs a source with a picture and a destination with buffers.", source.HasData ? nameof(destination) : nameof(source));
        }

        if (!destination.IsWritable)
        {
            throw new InvalidOperationException("The destination's data is shared: call MakeWritable before scaling into it.");
        }

        var from = source.Native;
        var to = destination.Native;
        var context = ScaleFunctions.sws_getCachedContext(
            _context.Value, from->width, from->height, from->format, to->width, to->height, to->format, _flags, null, null, null);
        // The old context is freed even when there is no new one.
        _context.Value = context;
        if (context is null)
        {
            throw new LibAvException(
                $"libswscale cannot convert {source.PixelFormatName} {source.Width}x{source.Height} to {destination.PixelFormatName} {destination.Width}x{destination.Height}.", LibAvError.Unsupported);
        }

        SetColors(context, source, destination);
        _ = Averror.Check(ScaleFunctions.sws_scale(context, from->data, from->linesize, 0, from->height, to->data, to->linesize), "Scaling to", destination.PixelFormatName);
    }

    /// <summary>Frees the tables.</summary>
    public void Dispose()
    {
        _context.Dispose();
    }

    private static void SetColors(void* context, Frame source, Frame destination)
    {
        var sourceSpace = source.ColorSpace is ColorSpace.Unspecified or ColorSpace.Rgb ? (ColorSpace)SWS_CS_DEFAULT : source.ColorSpace;
        if (!PixelFormats.IsRgb(destination.PixelFormat))
        {
            destination.ColorSpace = destination.ColorSpace == ColorSpace.Unspecified ? sourceSpace : destination.ColorSpace;
            destination.ColorRange = destination.ColorRange == ColorRange.Unspecified ? DefaultRange(destination.PixelFormat) : destination.ColorRange;
        }

        var destinationSpace = destination.ColorSpace is ColorSpace.Unspecified or ColorSpace.Rgb ? sourceSpace : destination.ColorSpace;
        _ = Averror.Check(
            ScaleFunctions.sws_setColorspaceDetails(
                context,
                ScaleFunctions.sws_getCoefficients((int)sourceSpace),
                IsFull(source) ? 1 : 0,
                ScaleFunctions.sws_getCoefficients((int)destinationSpace),
                IsFull(destination) ? 1 : 0,
                NoBrightness,
                FullContrast,
                FullSaturation),
            "Setting the colours of a conversion to",
            destination.PixelFormatName);
    }

    private static bool IsFull(Frame frame)
    {
        var range = frame.ColorRange == ColorRange.Unspecified || PixelFormats.IsJpeg(frame.PixelFormat) ? DefaultRange(frame.PixelFormat) : frame.ColorRange;
        return range == ColorRange.Full;
    }

    private static ColorRange DefaultRange(PixelFormat format)
    {
        return PixelFormats.IsJpeg(format) || PixelFormats.IsRgb(format) ? ColorRange.Full : ColorRange.Limited;
    }

    private sealed class ContextHandle() : OwnedHandle(null)
    {
        public void* Value
        {
            get => Pointer;
            set => SetHandle((nint)value);
        }

        protected override void Release(void* pointer)
        {
            ScaleFunctions.sws_freeContext(pointer);
        }
    }
}
