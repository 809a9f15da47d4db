using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using VisionStream.Detector.Cadence;

namespace VisionStream.Benchmarks;

/// <summary>
/// What every decoded frame costs to find out whether it shows something new: <see cref="Look"/>, which is <see cref="Take"/> and
/// <see cref="Distance"/>. The floor is <see cref="ReadSampledRows"/>, which reads as many bytes once. The frame is in the caches, as it
/// is on the ingest thread that has just copied it. Expected: 0 bytes allocated.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public class CadenceBenchmarks : IDisposable
{
    private readonly LumaGrid _grid = new();
    private readonly LumaGrid _other = new();
    private readonly SceneWatch _scene = new();
    private SourceFrame _source = null!;

    [Params("1280x720", "1920x1080")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _source = new SourceFrame(int.Parse(Size.Split('x')[0], null), int.Parse(Size.Split('x')[1], null));
        _grid.Take(_source.Frame);
        _other.Take(_source.Frame);
        _scene.Remember(_source.Frame);
    }

    [Benchmark]
    public int ReadSampledRows()
    {
        const int Sampled = LumaGrid.Rows * LumaGrid.Samples;
        var frame = _source.Frame;
        var plane = frame.Plane(0);
        var stride = frame.Stride(0);
        var found = 0;
        for (var row = 0; row < Sampled; row++)
        {
            // Random samples: eight in a row that are all 255 do not occur.
            var line = plane.Slice(row * frame.Format.Height / Sampled * stride, frame.Format.Width);
            found += MemoryMarshal.Cast<byte, long>(line).Contains(-1) ? 1 : 0;
        }

        return found;
    }

    [Benchmark(Baseline = true)]
    public void Take() => _grid.Take(_source.Frame);

    [Benchmark]
    public float Distance() => _grid.DistanceTo(_other);

    [Benchmark]
    public bool Look() => _scene.Look(_source.Frame);

    [GlobalCleanup]
    public void Dispose()
    {
        _source?.Dispose();
        GC.SuppressFinalize(this);
    }
}
