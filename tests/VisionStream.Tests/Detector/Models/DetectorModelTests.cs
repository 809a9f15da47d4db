using VisionStream.Detector.Heads;
using VisionStream.Detector.Models;
using VisionStream.Tests.OnnxRuntime;

namespace VisionStream.Tests.Detector.Models;

public sealed class DetectorModelTests
{
    [Fact]
    public void A_missing_file_is_named()
    {
        var e = Assert.Throws<ModelException>(() => DetectorModel.Load("/nowhere/model.onnx"));
        Assert.Equal("There is no model file '/nowhere/model.onnx'.", e.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(2_000_000)]
    public void A_file_that_is_cut_off_is_refused(int length)
    {
        using var folder = new TempFolder();
        var path = folder.File("cut.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(NativeOnnxRuntime.Model("yolox-nano-416-fp32.onnx"))[..length]);
        AssertSentence(Assert.Throws<ModelException>(() => DetectorModel.Load(path)), path);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        NativeOnnxRuntime.Require();
        using var folder = new TempFolder();
        var path = folder.File("picture.onnx");
        File.WriteAllText(path, "This is no model.");
        AssertSentence(Assert.Throws<ModelException>(() => DetectorModel.Load(path)), path);
    }

    [Fact]
    public void An_unknown_layout_is_refused_with_the_shape_found_and_the_layouts_known()
    {
        var path = NativeOnnxRuntime.Model("fastestdet-352-fp32-unsupported-layout.onnx");
        var e = Assert.Throws<ModelException>(() => DetectorModel.Load(path));
        AssertSentence(e, path);
        Assert.Contains("758 Float [1,85,22,22]", e.Message, StringComparison.Ordinal);
        Assert.Contains(HeadSelection.Known, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_loads_but_cannot_run_is_refused()
    {
        // The file as its author published it: declared for 320, its inside fixed to 640.
        using var folder = new TempFolder();
        var bytes = File.ReadAllBytes(NativeOnnxRuntime.Model("yolov10n-640-int8-dynq-e2e-repaired.onnx"));
        foreach (var offset in (int[])[2628324, 2628329])
        {
            Assert.Equal([0x80, 0x05], bytes[offset..(offset + 2)]);
            (bytes[offset], bytes[offset + 1]) = (0xC0, 0x02);
        }

        var path = folder.File("yolov10n.onnx");
        File.WriteAllBytes(path, bytes);
        var e = Assert.Throws<ModelException>(() => DetectorModel.Load(path));
        AssertSentence(e, path);
        Assert.Contains("loads but cannot run on a 320x320 picture", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 64L, 64L, 3L)] // channels last
    [InlineData(1, 1L, 64L, 64L)] // grey
    [InlineData(4, 3L, 64L, 64L)] // a batch
    public void An_input_that_is_no_picture_is_refused(long a, long b, long c, long d)
    {
        NativeOnnxRuntime.Require();
        using var folder = new TempFolder();
        var path = Tiny(input: [a, b, c, d]).Save(folder.File("odd.onnx"));
        var e = Assert.Throws<ModelException>(() => DetectorModel.Load(path));
        AssertSentence(e, path);
        Assert.Contains($"images Float [{a},{b},{c},{d}]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_for_another_task_is_refused()
    {
        NativeOnnxRuntime.Require();
        using var folder = new TempFolder();
        var path = Tiny(metadata: new() { ["task"] = "segment" }).Save(folder.File("seg.onnx"));
        Assert.Contains("'segment'", Assert.Throws<ModelException>(() => DetectorModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_execution_provider_that_is_not_there_is_told()
    {
        var path = NativeOnnxRuntime.Model("yolox-nano-416-fp32.onnx");
        var e = Assert.Throws<ModelException>(() => DetectorModel.Load(path, new InferenceOptions { ExecutionProvider = "abacus" }));
        AssertSentence(e, path);
    }

    [Theory]
    [InlineData("yolov8n-640-int8-qdq.onnx", HeadLayout.V8, 640, "metadata")]
    [InlineData("yolov5n-640-fp16w.onnx", HeadLayout.V5, 640, "metadata")]
    [InlineData("yolox-nano-416-fp32.onnx", HeadLayout.Yolox, 416, "COCO")]
    [InlineData("yolo26n-640-int8-dynq-e2e.onnx", HeadLayout.EndToEnd, 640, "metadata")]
    public void An_inspection_tells_what_the_file_is(string file, HeadLayout layout, int side, string labels)
    {
        var path = NativeOnnxRuntime.Model(file);
        using var model = DetectorModel.Load(path);
        var inspection = model.Inspect();
        Assert.Equal((layout, (side, side), false), (inspection.Layout, inspection.Canvas, inspection.IsDynamic));
        Assert.Equal((labels, 80), (inspection.LabelSource, inspection.Labels.Count));
        Assert.Equal(("person", "toothbrush"), (inspection.Labels[0], inspection.Labels[79]));
        Assert.Equal($"images Float [1,3,{side},{side}]", Assert.Single(inspection.Inputs).ToString());
        Assert.Equal(new FileInfo(path).Length, inspection.Size);
        Assert.Equal(64, inspection.Sha256.Length);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), model.Info.Name);
        Assert.Equal((side, side), model.CanvasFor(1280, 720));
    }

    [Theory]
    [InlineData(1280, 720, 640, 384)]
    [InlineData(720, 1280, 384, 640)]
    [InlineData(854, 480, 640, 384)]
    [InlineData(640, 640, 640, 640)]
    [InlineData(320, 240, 320, 256)]
    [InlineData(1, 4000, 32, 640)]
    public void An_open_input_follows_the_shape_of_the_stream(int width, int height, int canvasWidth, int canvasHeight)
    {
        var input = new ModelInput("images", false, 0, 0, 640, 32);
        Assert.Equal((canvasWidth, canvasHeight), input.CanvasFor(width, height));
    }

    [Fact]
    public void Metadata_says_how_large_an_open_input_gets()
    {
        NativeOnnxRuntime.Require();
        using var folder = new TempFolder();

        // 21 cells are those of 32x32 with the usual strides.
        var path = Tiny(input: [1, 3, 0, 0], metadata: new() { ["imgsz"] = "[32, 32]", ["stride"] = "32" }).Save(folder.File("open.onnx"));
        using var model = DetectorModel.Load(path);
        Assert.True(model.Inspect().IsDynamic);
        Assert.Equal((32, 32), model.CanvasFor(1920, 1080));
    }

    private static void AssertSentence(ModelException e, string path)
    {
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    /// <summary>A v8 head of two classes that finds nothing; 84 cells are those of 64x64.</summary>
    private static TinyModel Tiny(long[]? input = null, Dictionary<string, string>? metadata = null)
    {
        var cells = input is [_, _, 0, 0] ? 21 : 84;
        return new TinyModel { Shape = [1, 6, cells], Values = new float[6 * cells], Input = input ?? [1, 3, 64, 64], Metadata = metadata ?? [] };
    }
}
