namespace VisionStream.Core.Frames;

/// <summary>How a frame's samples lie in its planes, 8 bits each. Other formats are converted to <see cref="I444"/> where their chroma is finer than I420's, else to <see cref="I420"/>.</summary>
public enum PixelLayout
{
    /// <summary>Planes Y, U, V; chroma halved in both directions, rounded up.</summary>
    I420,

    /// <summary>Plane Y, then one plane of interleaved U and V; chroma halved in both directions, rounded up.</summary>
    Nv12,

    /// <summary>Planes Y, U, V; chroma halved across, rounded up.</summary>
    I422,

    /// <summary>Planes Y, U, V of equal size.</summary>
    I444,
}
