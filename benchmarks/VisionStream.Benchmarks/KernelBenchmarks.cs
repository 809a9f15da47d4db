using BenchmarkDotNet.Attributes;
using VisionStream.Core.Frames;
using VisionStream.Detector.Kernels;
using VisionStream.Detector.Letterboxing;
using PixelFormat = VisionStream.LibAv.PixelFormat;
using Scaler = VisionStream.LibAv.Scaler;
using SwsFrame = VisionStream.LibAv.Frame;

namespace VisionStream.Benchmarks;

/// <summary>
/// From a decoded frame to the network's input of 640x640. The floor is <see cref="WriteOnly"/>, the memory traffic of storing the
/// picture's floats and nothing else. <see cref="SwscaleToRgb"/> does less than the kernel: it stops at packed RGB bytes. The same
/// work by OpenCV is in benchmarks/python/letterbox.py. Twins that the machine has no instructions for are left out. Expected: 0 bytes
/// allocated, no vector twin slower than the scalar one.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
[Config(typeof(SupportedWidths))]
public class KernelBenchmarks : IDisposable
{
    private const int Canvas = 640;

    private readonly float[] _singles = new float[3 * Canvas * Canvas];
    private readonly Half[] _halves = new Half[3 * Canvas * Canvas];
    private readonly Scaler _scaler = new();
    private readonly SwsFrame _swscaleSource = new();
    private readonly SwsFrame _swscaleTarget = new();
    private SourceFrame _source = null!;
    private Letterbox _letterbox;
    private LetterboxKernel _best = null!;
    private LetterboxKernel _bestHalf = null!;
    private LetterboxKernel _scalar = null!;
    private LetterboxKernel? _128;
    private LetterboxKernel? _256;
    private LetterboxKernel? _512;

    /// <summary>Halved; every third pixel; the size of MentraOS glasses, which needs the general path.</summary>
    [Params("1280x720", "1920x1080", "854x480")]
    public string Size { get; set; } = "";

    [Params(PixelLayout.I420, PixelLayout.Nv12)]
    public PixelLayout Layout { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var (width, height) = (int.Parse(Size.Split('x')[0], null), int.Parse(Size.Split('x')[1], null));
        _source = new SourceFrame(width, height, Layout);
        _best = Kernel(VectorWidth.Best)!;
        _bestHalf = Kernel(VectorWidth.Best)!;
        _scalar = Kernel(VectorWidth.Scalar)!;
        _128 = Kernel(VectorWidth.Bits128);
        _256 = Kernel(VectorWidth.Bits256);
        _512 = Kernel(VectorWidth.Bits512);
        _letterbox = _best.Write(_source.Frame, _singles);
        _swscaleSource.AllocateVideo(width, height, Layout == PixelLayout.Nv12 ? PixelFormat.Nv12 : PixelFormat.Yuv420P);
        _swscaleTarget.AllocateVideo(_letterbox.Width, _letterbox.Height, PixelFormat.Rgb24);
    }

    [Benchmark]
    public void WriteOnly()
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var from = (channel * Canvas * Canvas) + (_letterbox.Top * Canvas);
            _singles.AsSpan(from, _letterbox.Height * Canvas).Fill(channel);
        }
    }

    [Benchmark(Baseline = true)]
    public Letterbox Best() => _best.Write(_source.Frame, _singles);

    [Benchmark]
    public Letterbox BestToHalf() => _bestHalf.Write(_source.Frame, _halves);

    [Benchmark]
    public Letterbox ScalarTwin() => _scalar.Write(_source.Frame, _singles);

    [Benchmark]
    public Letterbox Bits128() => _128!.Write(_source.Frame, _singles);

    [Benchmark]
    public Letterbox Bits256() => _256!.Write(_source.Frame, _singles);

    [Benchmark]
    public Letterbox Bits512() => _512!.Write(_source.Frame, _singles);

    [Benchmark]
    public void SwscaleToRgb() => _scaler.Scale(_swscaleSource, _swscaleTarget);

    [GlobalCleanup]
    public void Dispose()
    {
        _source?.Dispose();
        _scaler.Dispose();
        _swscaleSource.Dispose();
        _swscaleTarget.Dispose();
        GC.SuppressFinalize(this);
    }

    private static LetterboxKernel? Kernel(VectorWidth width) =>
        LetterboxKernel.IsSupported(width) ? new LetterboxKernel(Canvas, Canvas, InputStyle.Centred, width) : null;
}
