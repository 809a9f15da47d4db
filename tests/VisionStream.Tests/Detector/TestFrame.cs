using VisionStream.Core.Frames;

namespace VisionStream.Tests.Detector;

/// <summary>A frame in a ring of its own, leased until disposed.</summary>
internal sealed class TestFrame : IDisposable
{
    private readonly FrameRing _ring = new(3);
    private readonly FrameLease _lease;

    public TestFrame(FrameFormat format, Action<int, Span<byte>, int> fillPlane)
    {
        Assert.True(_ring.TryBeginWrite(format, out var write));
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            fillPlane(plane, write.Plane(plane), write.Stride(plane));
        }

        _ring.Publish(write, default);
        Assert.True(_ring.TryLeaseNewest(0, out _lease));
    }

    public VideoFrame Frame => _lease.Frame;

    /// <summary>Random samples, and random bytes in the padding too, which must not matter.</summary>
    public static TestFrame Random(FrameFormat format, int seed)
    {
        var random = new Random(seed);
        return new TestFrame(format, (_, samples, _) => random.NextBytes(samples));
    }

    public static TestFrame Uniform(FrameFormat format, byte y, byte u, byte v) => new(
        format,
        (plane, samples, _) =>
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = plane == 0 ? y : plane == 2 || (format.Layout == PixelLayout.Nv12 && i % 2 == 1) ? v : u;
            }
        });

    public void Dispose()
    {
        _lease.Dispose();
        _ring.Dispose();
    }
}
