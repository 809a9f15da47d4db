namespace VisionStream.LibAv;

/// <summary>
/// The pixel formats that have a name here. libav's own numbers move between majors, so they are looked up by name; a
/// format that is not listed is <see cref="Other"/> and keeps its native name.
/// </summary>
public enum PixelFormat
{
    /// <summary>No picture.</summary>
    None,

    /// <summary>A format that is not listed; <see cref="Frame.PixelFormatName"/> says which.</summary>
    Other,

    /// <summary>Planes Y, U, V; chroma halved both ways.</summary>
    Yuv420P,

    /// <summary>As <see cref="Yuv420P"/>, full range (JPEG).</summary>
    Yuvj420P,

    /// <summary>Planes Y, U, V; chroma halved across.</summary>
    Yuv422P,

    /// <summary>As <see cref="Yuv422P"/>, full range (JPEG).</summary>
    Yuvj422P,

    /// <summary>Planes Y, U, V of one size.</summary>
    Yuv444P,

    /// <summary>As <see cref="Yuv444P"/>, full range (JPEG).</summary>
    Yuvj444P,

    /// <summary>Planes Y, U, V; chroma halved down.</summary>
    Yuv440P,

    /// <summary>As <see cref="Yuv440P"/>, full range (JPEG).</summary>
    Yuvj440P,

    /// <summary>Planes Y, U, V; chroma a quarter across.</summary>
    Yuv411P,

    /// <summary>As <see cref="Yuv420P"/> with a plane of alpha.</summary>
    Yuva420P,

    /// <summary>Plane Y, then U and V in turn; chroma halved both ways.</summary>
    Nv12,

    /// <summary>As <see cref="Nv12"/> with V before U.</summary>
    Nv21,

    /// <summary>As <see cref="Nv12"/>, chroma halved across only.</summary>
    Nv16,

    /// <summary>One plane: Y U Y V.</summary>
    Yuyv422,

    /// <summary>One plane: U Y V Y.</summary>
    Uyvy422,

    /// <summary>One plane of luma.</summary>
    Gray8,

    /// <summary>One plane: R G B.</summary>
    Rgb24,

    /// <summary>One plane: B G R.</summary>
    Bgr24,

    /// <summary>One plane: R G B A.</summary>
    Rgba,

    /// <summary>One plane: B G R A.</summary>
    Bgra,

    /// <summary>One plane: R G B and an unused byte.</summary>
    Rgb0,

    /// <summary>One plane: B G R and an unused byte.</summary>
    Bgr0,

    /// <summary>Planes G, B, R.</summary>
    Gbrp,

    /// <summary>As <see cref="Yuv420P"/> with 10 bits in 16, little endian.</summary>
    Yuv420P10Le,

    /// <summary>As <see cref="Nv12"/> with 10 bits in the upper end of 16, little endian.</summary>
    P010Le,
}
