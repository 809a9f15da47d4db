using VisionStream.Core.Frames;
using VisionStream.Detector.Labels;
using VisionStream.Detector.Models;
using VisionStream.Tests.OnnxRuntime;

namespace VisionStream.Tests.Detector.Models;

public sealed class FrameDetectorTests : IDisposable
{
    private const int Cells = 84; // of 64x64

    private readonly TempFolder _folder = new();

    public FrameDetectorTests() => NativeOnnxRuntime.Require();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_bright_frame_raises_a_box_that_comes_back_in_source_pixels(bool half)
    {
        using var model = DetectorModel.Load(Tiny(half).Save(_folder.File("tiny.onnx")));
        using var detector = new FrameDetector(model, TimeProvider.System);
        using var white = Luma(255);
        using var black = Luma(0);

        var found = Assert.Single(detector.Detect(white.Frame, DetectionSettings.Default, out var times));
        Assert.Equal((1, "nut"), (found.ClassId, found.Label));
        Assert.Equal(0.75f, found.Confidence, 0.001f);

        // Canvas box 16..48 by 24..40, letterboxed 128x64 -> 64x32 at top 16.
        Assert.Equal((32f, 16f, 64f, 32f), (found.Box.X, found.Box.Y, found.Box.Width, found.Box.Height));
        Assert.True(times.Started <= times.Prepared && times.Prepared <= times.Inferred && times.Inferred <= times.Finished);

        // The grey around a black picture is 114 of 255, which lifts the score by 0.447 of 0.75 to 0.335.
        Assert.Equal(0.335f, Assert.Single(detector.Detect(black.Frame, DetectionSettings.Default, out _)).Confidence, 0.001f);
        Assert.Empty(detector.Detect(black.Frame, DetectionSettings.Default with { Confidence = 0.34f }, out _));
    }

    [Fact]
    public void Settings_are_taken_for_each_frame()
    {
        using var model = DetectorModel.Load(Tiny(half: false).Save(_folder.File("tiny.onnx")));
        using var detector = new FrameDetector(model, TimeProvider.System);
        using var white = Luma(255);
        Assert.True(ClassFilter.TryCreate(["bolt"], model.Labels, out var bolts, out _));
        Assert.Single(detector.Detect(white.Frame, DetectionSettings.Default, out _));
        Assert.Empty(detector.Detect(white.Frame, DetectionSettings.Default with { Classes = bolts }, out _));
        Assert.Empty(detector.Detect(white.Frame, DetectionSettings.Default with { Confidence = 0.8f }, out _));
        Assert.Single(detector.Detect(white.Frame, DetectionSettings.Default, out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_frame_without_objects_costs_no_managed_memory_and_one_with_objects_only_its_result(bool half)
    {
        using var model = DetectorModel.Load(Tiny(half).Save(_folder.File("tiny.onnx")));
        using var detector = new FrameDetector(model, TimeProvider.System);
        using var white = Luma(255);
        var nothing = DetectionSettings.Default with { Confidence = 0.9f };
        Assert.Equal(0, SteadyState.Allocation(() => detector.Detect(white.Frame, nothing, out _)));

        // One array of one detection of 40 bytes and its 24 of header, ten times.
        Assert.InRange(SteadyState.Allocation(() => detector.Detect(white.Frame, DetectionSettings.Default, out _)), 1, 80);
    }

    [Fact]
    public void A_model_with_an_open_input_serves_streams_of_several_shapes()
    {
        var values = new float[6 * 21];
        (values[0], values[21], values[42], values[63], values[84]) = (16, 16, 8, 8, 0.5f);
        var path = new TinyModel { Shape = [1, 6, 21], Values = values, Input = [1, 3, 0, 0], Metadata = new() { ["imgsz"] = "32" } }
            .Save(_folder.File("open.onnx"));
        using var model = DetectorModel.Load(path);
        using var detector = new FrameDetector(model, TimeProvider.System);
        foreach (var (width, height) in ((int, int)[])[(32, 32), (320, 320), (30, 32), (640, 620)])
        {
            using var frame = TestFrame.Uniform(new FrameFormat(width, height, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Full), 0, 128, 128);
            Assert.Single(detector.Detect(frame.Frame, DetectionSettings.Default, out _));
        }
    }

    [Fact]
    public void A_shape_that_the_model_fails_on_is_told_and_the_next_frame_works()
    {
        var path = new TinyModel { Shape = [1, 6, 21], Values = new float[6 * 21], Input = [1, 3, 0, 0], OnlyRunsAt = 32, Metadata = new() { ["imgsz"] = "32" } }
            .Save(_folder.File("picky.onnx"));

        // A longest side of 32 gives 32x32 for every stream; a larger one is forced by the stride.
        using var model = DetectorModel.Load(path);
        var e = Assert.Throws<ModelException>(() => model.Bind((64, 32)));
        Assert.Contains("64x32", e.Message, StringComparison.Ordinal);
        using var detector = new FrameDetector(model, TimeProvider.System);
        using var frame = Luma(0);
        Assert.Empty(detector.Detect(frame.Frame, DetectionSettings.Default, out _));
    }

    [Fact]
    public void An_interrupted_run_gives_nothing_and_a_resumed_one_all()
    {
        using var model = DetectorModel.Load(NativeOnnxRuntime.Model("yolox-nano-416-fp32.onnx"));
        using var detector = new FrameDetector(model, TimeProvider.System);
        using var frame = Luma(0);
        detector.Interrupt();
        Assert.Null(detector.TryDetect(frame.Frame, DetectionSettings.Default, out _));
        Assert.Throws<InvalidOperationException>(() => detector.Detect(frame.Frame, DetectionSettings.Default, out _));
        detector.Resume();
        Assert.NotNull(detector.TryDetect(frame.Frame, DetectionSettings.Default, out _));
    }

    [Theory]
    [InlineData("yolov8n-640-int8-qdq.onnx")]
    [InlineData("yolov5n-640-fp16w.onnx")]
    [InlineData("yolo26n-640-int8-dynq-e2e.onnx")]
    public void Real_models_cost_no_managed_memory_on_an_empty_frame(string file)
    {
        using var model = DetectorModel.Load(NativeOnnxRuntime.Model(file));
        using var detector = new FrameDetector(model, TimeProvider.System);
        using var frame = TestFrame.Uniform(new FrameFormat(1280, 720, PixelLayout.I420, ColorMatrix.Bt709, ColorRange.Limited), 100, 128, 128);
        Assert.Equal(0, SteadyState.Allocation(() => detector.Detect(frame.Frame, DetectionSettings.Default, out _)));
    }

    private static TestFrame Luma(byte y) =>
        TestFrame.Uniform(new FrameFormat(128, 64, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Full), y, 128, 128);

    private static TinyModel Tiny(bool half)
    {
        var values = new float[6 * Cells];
        var gain = new float[6 * Cells];
        (values[7], values[Cells + 7], values[(2 * Cells) + 7], values[(3 * Cells) + 7]) = (32, 32, 32, 16);
        gain[(5 * Cells) + 7] = 0.75f;
        return new TinyModel { Shape = [1, 6, Cells], Values = values, Gain = gain, Half = half, Metadata = new() { ["names"] = "['bolt', 'nut']" } };
    }
}
