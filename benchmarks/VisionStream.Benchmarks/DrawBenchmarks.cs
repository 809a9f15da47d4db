using BenchmarkDotNet.Attributes;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Restream.Drawing;

namespace VisionStream.Benchmarks;

/// <summary>
/// What annotation costs a picture. The floor is <see cref="CopyOnly"/>, the memory traffic of one copy of the planes, which the
/// restream pays in any case. Expected: 0 bytes allocated; at 720p ten boxes cost less than the copy.
/// </summary>
[MemoryDiagnoser]
public class DrawBenchmarks
{
    private readonly FrameAnnotator _annotator = new();
    private readonly Picture _source = new();
    private readonly Picture _picture = new();
    private Annotation[] _boxes = [];

    [Params(320, 720, 1080)]
    public int Height { get; set; }

    [Params(PixelLayout.I420, PixelLayout.Nv12)]
    public PixelLayout Layout { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var width = Height * 16 / 9;
        var format = new FrameFormat(width, Height, Layout, ColorMatrix.Bt709, ColorRange.Limited);
        _source.Shape(format);
        _picture.Shape(format);
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            _source.Plane(plane).Fill(100);
            _source.Plane(plane).CopyTo(_picture.Plane(plane));
        }

        _boxes = [.. Enumerable.Range(0, 10).Select(i => new Annotation(
            i, "person", 0.8f, new BoundingBox(width * i / 12f, Height * i / 14f, width / 6f, Height / 3f), 1))];
    }

    [Benchmark(Baseline = true)]
    public void CopyOnly()
    {
        for (var plane = 0; plane < _source.Format.PlaneCount; plane++)
        {
            _source.Plane(plane).CopyTo(_picture.Plane(plane));
        }
    }

    [Benchmark]
    public void TenBoxes() => _annotator.DrawBoxes(_picture.Canvas, _boxes);

    [Benchmark]
    public void InformationLine() => _annotator.DrawInformation(_picture.Canvas, "live/glasses  12:34:56  10.0/s  42 ms");

    [Benchmark]
    public void DimWholePicture() => _picture.Canvas.Dim(RowBlend.Opaque / 2);
}
