namespace VisionStream.Core.Frames;

/// <summary>Size, layout and colours of a decoded frame.</summary>
/// <param name="Width">Width in pixels, 1 to <see cref="MaxSide"/>.</param>
/// <param name="Height">Height in pixels, 1 to <see cref="MaxSide"/>.</param>
/// <param name="Layout">How the samples lie.</param>
/// <param name="Matrix">What the colours mean.</param>
/// <param name="Range">What the values mean.</param>
public readonly record struct FrameFormat(int Width, int Height, PixelLayout Layout, ColorMatrix Matrix, ColorRange Range)
{
    /// <summary>The longest side accepted: 8K video. A ring of 30 such frames is 1.5 GB, so more is a mistake or an attack.</summary>
    public const int MaxSide = 8192;

    /// <summary>3, or 2 for <see cref="PixelLayout.Nv12"/>.</summary>
    public int PlaneCount => Layout == PixelLayout.Nv12 ? 2 : 3;

    /// <summary>Bytes of picture in one row of a plane, without padding.</summary>
    public int PlaneWidth(int plane) => (plane, Layout) switch
    {
        (0, _) => Width,
        (1, PixelLayout.Nv12) => (Width + 1) / 2 * 2,
        (1 or 2, PixelLayout.I444) => Width,
        (1 or 2, PixelLayout.I420 or PixelLayout.I422) => (Width + 1) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(plane), plane, $"A {Layout} frame has {PlaneCount} planes."),
    };

    /// <summary>Rows of a plane.</summary>
    public int PlaneHeight(int plane) => (plane, Layout) switch
    {
        (0, _) or (1 or 2, PixelLayout.I444 or PixelLayout.I422) => Height,
        (1, PixelLayout.Nv12) or (1 or 2, PixelLayout.I420) => (Height + 1) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(plane), plane, $"A {Layout} frame has {PlaneCount} planes."),
    };
}
