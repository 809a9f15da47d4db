using BenchmarkDotNet.Attributes;
using VisionStream.Core.Detections;
using VisionStream.Detector.Models;

namespace VisionStream.Benchmarks;

/// <summary>
/// One 720p frame from the ring to its detections. The floor is <see cref="Inference"/>, the model alone on the same memory; the
/// difference is our own work. The model is the file that the variable VISIONSTREAM_MODEL names, else the bundled one.
/// Expected: 0 bytes allocated on a frame in which nothing is found.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public class FrameBenchmarks : IDisposable
{
    // Noise looks like a marker now and then, to a small share of certainty.
    private readonly DetectionSettings _nothing = DetectionSettings.Default with { Confidence = 0.9f };
    private readonly Microsoft.ML.OnnxRuntime.RunOptions _options = new();
    private SourceFrame _source = null!;
    private DetectorModel _model = null!;
    private FrameDetector _detector = null!;
    private ModelBinding _binding = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _source = new SourceFrame(1280, 720);
        _model = DetectorModel.Load(ModelPath());
        _detector = new FrameDetector(_model, TimeProvider.System);
        _binding = _model.Bind(_model.CanvasFor(1280, 720));
    }

    [Benchmark(Baseline = true)]
    public void Inference() => _binding.Run(_options);

    [Benchmark]
    public IReadOnlyList<Detection> WholeFrame() => _detector.Detect(_source.Frame, _nothing, out _);

    [GlobalCleanup]
    public void Dispose()
    {
        _binding?.Dispose();
        _detector?.Dispose();
        _model?.Dispose();
        _source?.Dispose();
        _options.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string ModelPath()
    {
        if (Environment.GetEnvironmentVariable("VISIONSTREAM_MODEL") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "models"))
                && Directory.GetFiles(Path.Combine(folder.FullName, "models"), "*.onnx") is [var bundled, ..])
            {
                return bundled;
            }
        }

        throw new FileNotFoundException("There is no bundled model; name one with VISIONSTREAM_MODEL.");
    }
}
