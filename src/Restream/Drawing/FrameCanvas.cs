using VisionStream.Core.Frames;
using VisionStream.LibAv;

namespace VisionStream.Restream.Drawing;

/// <summary>Opens libav's pictures for drawing.</summary>
internal static class FrameCanvas
{
    /// <summary>The planes of a frame that owns its buffers.</summary>
    /// <param name="frame">Of the size and layout that <paramref name="format"/> says.</param>
    /// <param name="format">What the samples mean.</param>
    /// <exception cref="InvalidOperationException">Others refer to the data.</exception>
    public static YuvCanvas Over(Frame frame, FrameFormat format) => format.PlaneCount == 2
        ? new YuvCanvas(format, frame.WritablePlane(0), frame.Stride(0), frame.WritablePlane(1), frame.Stride(1), default, 0)
        : new YuvCanvas(
            format, frame.WritablePlane(0), frame.Stride(0), frame.WritablePlane(1), frame.Stride(1), frame.WritablePlane(2), frame.Stride(2));
}
