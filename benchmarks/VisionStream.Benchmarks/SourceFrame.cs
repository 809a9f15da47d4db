using VisionStream.Core.Frames;

namespace VisionStream.Benchmarks;

/// <summary>A frame of random samples in a ring of its own, leased until disposed.</summary>
internal sealed class SourceFrame : IDisposable
{
    private readonly FrameRing _ring = new(3);
    private readonly FrameLease _lease;

    public SourceFrame(int width, int height, PixelLayout layout = PixelLayout.I420)
    {
        var random = new Random(1);
        var format = new FrameFormat(width, height, layout, ColorMatrix.Bt709, ColorRange.Limited);
        _ring.TryBeginWrite(format, out var write);
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            random.NextBytes(write.Plane(plane));
        }

        _ring.Publish(write, default);
        _ring.TryLeaseNewest(0, out _lease);
    }

    public VideoFrame Frame => _lease.Frame;

    public void Dispose()
    {
        _lease.Dispose();
        _ring.Dispose();
    }
}
