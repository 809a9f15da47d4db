using BenchmarkDotNet.Attributes;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;

namespace VisionStream.Benchmarks;

/// <summary>
/// A frame's way through the ring without its pixels: begin, publish, lease, return. The floor is <see cref="Locks"/>, a lock that is
/// entered as often, by nobody else. <see cref="Follow"/> is the same with a reader that wants every frame, as an annotated stream
/// does, so that all slots take their turn. Expected: 0 bytes allocated.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public class RingBenchmarks : IDisposable
{
    private const int LocksEach = 4;

    private static readonly FrameFormat Format = new(1280, 720, PixelLayout.I420, ColorMatrix.Bt709, ColorRange.Limited);

    private readonly FrameRing _ring = new();
    private readonly FrameRing _followed = new();
    private readonly FrameInfo _info = new(StreamSession.Start(TimeProvider.System), default, default, ClockSource.Arrival, 0, 0, false);
    private readonly Lock _gate = new();
    private IDisposable _follower = null!;
    private int _entered;

    [GlobalSetup]
    public void SetUp() => _follower = _followed.Follow();

    [Benchmark]
    public int Locks()
    {
        for (var i = 0; i < LocksEach; i++)
        {
            lock (_gate)
            {
                _entered++;
            }
        }

        return _entered;
    }

    [Benchmark(Baseline = true)]
    public long Newest() => Round(_ring);

    [Benchmark]
    public long Follow() => Round(_followed);

    [GlobalCleanup]
    public void Dispose()
    {
        _follower?.Dispose();
        _followed.Dispose();
        _ring.Dispose();
        GC.SuppressFinalize(this);
    }

    private long Round(FrameRing ring)
    {
        if (!ring.TryBeginWrite(Format, out var write))
        {
            throw new InvalidOperationException("No lease is out.");
        }

        var id = ring.Publish(write, _info);
        if (!ring.TryLeaseNewest(id - 1, out var lease))
        {
            throw new InvalidOperationException("The newest frame is there.");
        }

        lease.Dispose();
        return id;
    }
}
