using VisionStream.Core.Frames;
using VisionStream.LibAv;
using ColorRange = VisionStream.Core.Frames.ColorRange;

namespace VisionStream.Ingest.Decoding;

/// <summary>libav's words for pixels in ours.</summary>
internal static class Colors
{
    /// <summary>The layout that a pixel format has already; <see langword="null"/> when it has to be converted.</summary>
    public static PixelLayout? LayoutOf(PixelFormat format) => format switch
    {
        PixelFormat.Yuv420P or PixelFormat.Yuvj420P => PixelLayout.I420,
        PixelFormat.Nv12 => PixelLayout.Nv12,
        PixelFormat.Yuv422P or PixelFormat.Yuvj422P => PixelLayout.I422,
        PixelFormat.Yuv444P or PixelFormat.Yuvj444P => PixelLayout.I444,
        _ => null,
    };

    /// <summary>The matrix of a picture. One that does not say is BT.709 from HD sizes on and BT.601 below, as players take it.</summary>
    public static ColorMatrix MatrixOf(ColorSpace space, int width, int height) => space switch
    {
        // BT.2020 and SMPTE 240M are both nearer to BT.709 than to BT.601.
        ColorSpace.Bt709 or ColorSpace.Bt2020Ncl or ColorSpace.Bt2020Cl or ColorSpace.Smpte240M => ColorMatrix.Bt709,
        ColorSpace.Unspecified when width >= 1280 || height > 576 => ColorMatrix.Bt709,
        _ => ColorMatrix.Bt601,
    };

    /// <summary>The range of a picture. One that does not say is full in the JPEG formats and limited else.</summary>
    public static ColorRange RangeOf(LibAv.ColorRange range, PixelFormat format) => (range, format) switch
    {
        (LibAv.ColorRange.Full, _) => ColorRange.Full,
        (LibAv.ColorRange.Unspecified, PixelFormat.Yuvj420P or PixelFormat.Yuvj422P or PixelFormat.Yuvj444P) => ColorRange.Full,
        _ => ColorRange.Limited,
    };
}
