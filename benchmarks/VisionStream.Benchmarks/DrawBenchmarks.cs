using BenchmarkDotNet.Attributes;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.LibAv;
using VisionStream.Restream.Drawing;
using VisionStream.Restream.Encoding;
using ColorRange = VisionStream.Core.Frames.ColorRange;
using PixelLayout = VisionStream.Core.Frames.PixelLayout;

namespace VisionStream.Benchmarks;

/// <summary>
/// What annotation costs a picture. The floor is <see cref="CopyOnly"/>, the memory traffic of one copy of the planes, which the
/// restream pays in any case. Expected: 0 bytes allocated; at 720p ten boxes cost less than the copy.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public class DrawBenchmarks : IDisposable
{
    private readonly FrameAnnotator _annotator = new();
    private readonly Frame _source = new();
    private readonly Frame _picture = new();
    private FrameFormat _format;
    private Annotation[] _boxes = [];

    [Params(320, 720, 1080)]
    public int Height { get; set; }

    [Params(PixelLayout.I420, PixelLayout.Nv12)]
    public PixelLayout Layout { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var width = Height * 16 / 9;
        _format = new FrameFormat(width, Height, Layout, ColorMatrix.Bt709, ColorRange.Limited);
        _source.AllocateVideo(width, Height, FrameComposer.PixelFormatOf(Layout));
        _picture.AllocateVideo(width, Height, FrameComposer.PixelFormatOf(Layout));
        for (var plane = 0; plane < _format.PlaneCount; plane++)
        {
            _source.WritablePlane(plane).Fill(100);
        }

        CopyOnly();

        _boxes = [.. Enumerable.Range(0, 10).Select(i => new Annotation(
            i, "person", 0.8f, new BoundingBox(width * i / 12f, Height * i / 14f, width / 6f, Height / 3f), 1))];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _source.Dispose();
        _picture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void CopyOnly()
    {
        for (var plane = 0; plane < _format.PlaneCount; plane++)
        {
            _source.WritablePlane(plane).CopyTo(_picture.WritablePlane(plane));
        }
    }

    [Benchmark]
    public void TenBoxes() => _annotator.DrawBoxes(FrameCanvas.Over(_picture, _format), _boxes);

    [Benchmark]
    public void InformationLine() => _annotator.DrawInformation(FrameCanvas.Over(_picture, _format), "live/glasses  12:34:56  10.0/s  42 ms");

    [Benchmark]
    public void DimWholePicture() => FrameCanvas.Over(_picture, _format).Dim(RowBlend.Opaque / 2);
}
