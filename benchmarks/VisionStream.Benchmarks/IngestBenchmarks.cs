using BenchmarkDotNet.Attributes;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Decoding;
using VisionStream.LibAv;

namespace VisionStream.Benchmarks;

/// <summary>
/// A decoded picture on its way into the ring: copied (what ingest does) against held by libav's reference, which is the floor, and
/// both beside the cost of decoding it. What copying costs in the service is <see cref="DecodeAndCopy"/> less <see cref="Decode"/>,
/// the picture being in the cache still; <see cref="CopyCold"/> is the worst case. The clip is made at set-up: 100 pictures of a moving test image, x264 at its defaults, which
/// takes the ffmpeg program. The copies go round a ring of 30 slots and the references round 30 frames, so that caches see what they
/// see in the service. Expected: 0 bytes allocated by all.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public class IngestBenchmarks : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.mp4");
    private readonly List<Packet> _packets = [];
    private readonly List<Frame> _pictures = [];
    private readonly Frame[] _references = [.. Enumerable.Range(0, FrameRing.DefaultCapacity).Select(_ => new Frame())];
    private readonly Frame _decoded = new();
    private readonly FrameRing _ring = new();
    private readonly FrameCopier _copier = new();
    private FrameInfo _info;
    private VideoDecoder _decoder = null!;
    private int _next;

    [Params("1280x720", "1920x1080")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        using (var ffmpeg = System.Diagnostics.Process.Start(
            "ffmpeg", ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=size={Size}:rate=30", "-frames:v", "100", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-g", "50", "-bf", "0", _path]))
        {
            ffmpeg.WaitForExit();
        }

        using var demuxer = Demuxer.Open(_path);
        _decoder = VideoDecoder.Open(demuxer.Video!);
        var packet = new Packet();
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            _packets.Add(packet);
            packet = new Packet();
        }

        packet.Dispose();
        while (_pictures.Count < FrameRing.DefaultCapacity)
        {
            Decode();
            var kept = new Frame();
            kept.Ref(_decoded);
            _pictures.Add(kept);
        }

        _next = 0;
        _decoder.Flush();
        _info = new FrameInfo(StreamSession.Start(TimeProvider.System), default, default, ClockSource.Arrival, 0, 0, false);
    }

    [Benchmark(Baseline = true)]
    public void Reference()
    {
        _next = (_next + 1) % _references.Length;
        _references[_next].Ref(_pictures[_next]);
    }

    [Benchmark]
    public long CopyCold()
    {
        _next = (_next + 1) % _pictures.Count;
        return Copy(_pictures[_next]);
    }

    [Benchmark]
    public void Decode()
    {
        // The key frame that the clip begins with makes going round legal.
        _ = _decoder.Send(_packets[_next]);
        _next = (_next + 1) % _packets.Count;
        _ = _decoder.Receive(_decoded);
    }

    [Benchmark]
    public long DecodeAndCopy()
    {
        Decode();
        return Copy(_decoded);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _decoder?.Dispose();
        _packets.ForEach(p => p.Dispose());
        _pictures.ForEach(p => p.Dispose());
        Array.ForEach(_references, r => r.Dispose());
        _decoded.Dispose();
        _copier.Dispose();
        _ring.Dispose();
        File.Delete(_path);
        GC.SuppressFinalize(this);
    }

    private long Copy(Frame picture)
    {
        var prepared = _copier.Prepare(picture, out var format);
        if (!_ring.TryBeginWrite(format, out var write))
        {
            throw new InvalidOperationException("Nobody leases here.");
        }

        FrameCopier.Copy(prepared, format, write);
        return _ring.Publish(write, _info);
    }
}
