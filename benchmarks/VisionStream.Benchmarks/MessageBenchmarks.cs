using System.Text.Json;
using BenchmarkDotNet.Attributes;
using VisionStream.Broadcaster.Messages;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Benchmarks;

/// <summary>
/// One result into a frame ready to be sent. The floor is <see cref="CopyOnly"/>, which copies the bytes of the finished message
/// into a pooled buffer. Expected: 56 bytes allocated, the frame object, whatever the number of objects, and 200 more for the compressor;
/// <see cref="SerializerOfTheFramework"/> is what the same message costs when it is mapped by JsonSerializer.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(56)]
public class MessageBenchmarks : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly DetectionFilter _persons = new(["class 0"], 0.5f);
    private MessageEncoder _encoder = null!;
    private FrameDetections _result = null!;
    private SharedFrame _message = null!;

    [Params(0, 3, 10)]
    public int Objects { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _encoder = new MessageEncoder(_pool, TimeProvider.System);
        _result = new FrameDetections
        {
            Stream = StreamName.Parse("live/bench"),
            Session = StreamSession.Start(TimeProvider.System),
            Sequence = 1234,
            FrameId = 3702,
            PtsMs = 123_400.123,
            Width = 1280,
            Height = 720,
            IngestedAt = DateTimeOffset.UnixEpoch,
            Clock = ClockSource.Arrival,
            Latency = new StageLatency(1.123, 0.456, 0.789, 31.234, 0.345, 34.567),
            Model = new ModelInfo("yolov8n-640", []),
            Dropped = 2,
            Detections = [.. Enumerable.Range(0, Objects).Select(i =>
                new Detection(i, $"class {i}", 0.8765f - (i * 0.01f), new BoundingBox(102.34f + i, 144.56f, 170.78f, 263.9f)))],
        };
        _message = _encoder.Detections(_result, DetectionFilter.All);
    }

    [Benchmark(Baseline = true)]
    public void CopyOnly() => SharedFrame.Copy(_pool, _message.Payload, Opcode.Text).Release();

    [Benchmark]
    public void Encode() => _encoder.Detections(_result, DetectionFilter.All).Release();

    [Benchmark]
    public void EncodeFiltered() => _encoder.Detections(_result, _persons).Release();

    [Benchmark]
    [ExpectedAllocation(ExpectedAllocationAttribute.Any)]
    public byte[] SerializerOfTheFramework() => JsonSerializer.SerializeToUtf8Bytes(_result);

    [Benchmark]
    [ExpectedAllocation(256)]
    public void Deflate() => _encoder.Deflated(_message).Release();

    [GlobalCleanup]
    public void Dispose()
    {
        _message?.Release();
        _encoder?.Dispose();
        GC.SuppressFinalize(this);
    }
}
