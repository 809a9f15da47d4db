using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class ModelsTests
{
    public static TheoryData<string, string, int, string, int[]> Models => new()
    {
        { "yolov8n-640-fp32-folded.onnx", "images", 640, "output0", [1, 84, 8400] },
        { "yolov8n-640-int8-qdq.onnx", "images", 640, "output0", [1, 84, 8400] },
        { "yolo11n-320-uint8-dynq.onnx", "images", 320, "output0", [1, 84, 2100] },
        { "yolo26n-640-int8-dynq-e2e.onnx", "images", 640, "output0", [1, 300, 6] },
        { "yolov10n-640-int8-dynq-e2e-repaired.onnx", "images", 640, "output0", [1, 300, 6] },
        { "yolov5n-640-fp16w.onnx", "images", 640, "output", [1, 25200, 85] },
        { "yolox-nano-416-fp32.onnx", "images", 416, "output", [1, 3549, 85] },
        { "fastestdet-352-fp32-unsupported-layout.onnx", "input.1", 352, "758", [1, 85, 22, 22] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Model_describes_its_input_and_output(string file, string input, int size, string output, int[] shape)
    {
        using var session = new InferenceSession(NativeOnnxRuntime.Model(file));

        Assert.Equal([input], session.InputNames);
        Assert.Equal([output], session.OutputNames);
        var image = Assert.Single(session.InputMetadata);
        Assert.Equal(input, image.Key);
        Assert.True(image.Value.IsTensor);
        Assert.Equal([1, 3, size, size], image.Value.Dimensions);
        Assert.Equal(TensorElementType.Float, image.Value.ElementDataType);
        Assert.Equal(typeof(float), image.Value.ElementType);
        Assert.Equal(["", "", "", ""], image.Value.SymbolicDimensions);
        Assert.Equal(shape, session.OutputMetadata[output].Dimensions);
        Assert.Equal(TensorElementType.Float, session.OutputMetadata[output].ElementDataType);
    }

    [Theory]
    [InlineData("yolov8n-640-fp32-folded.onnx", "640")]
    [InlineData("yolo11n-320-uint8-dynq.onnx", "320")]
    [InlineData("yolo26n-640-int8-dynq-e2e.onnx", "640")]
    public void Ultralytics_metadata_has_names_size_and_stride(string file, string size)
    {
        using var session = new InferenceSession(NativeOnnxRuntime.Model(file));
        var map = session.ModelMetadata.CustomMetadataMap;

        Assert.StartsWith("{0: 'person', 1: 'bicycle'", map["names"], StringComparison.Ordinal);
        Assert.EndsWith("79: 'toothbrush'}", map["names"], StringComparison.Ordinal);
        Assert.Equal($"[{size}, {size}]", map["imgsz"]);
        Assert.Equal("32", map["stride"]);
        Assert.Equal("detect", map["task"]);
    }

    [Fact]
    public void Metadata_of_each_origin_is_read()
    {
        using var v10 = new InferenceSession(NativeOnnxRuntime.Model("yolov10n-640-int8-dynq-e2e-repaired.onnx"));
        Assert.Equal("8.1.34", v10.ModelMetadata.CustomMetadataMap["version"]);
        Assert.DoesNotContain("end2end", v10.ModelMetadata.CustomMetadataMap.Keys);

        using var v5 = new InferenceSession(NativeOnnxRuntime.Model("yolov5n-640-fp16w.onnx"));
        Assert.Equal(["names", "stride"], v5.ModelMetadata.CustomMetadataMap.Keys.Order());
        Assert.StartsWith("['person', 'bicycle'", v5.ModelMetadata.CustomMetadataMap["names"], StringComparison.Ordinal);

        using var yolox = new InferenceSession(NativeOnnxRuntime.Model("yolox-nano-416-fp32.onnx"));
        Assert.Empty(yolox.ModelMetadata.CustomMetadataMap);
    }

    [Fact]
    public void Yolov8n_runs_on_zeros()
    {
        using var session = new InferenceSession(NativeOnnxRuntime.Model("yolov8n-640-fp32-folded.onnx"));
        using var options = new RunOptions();
        using var image = OrtValue.CreateTensorValueFromMemory(new float[3 * 640 * 640], [1, 3, 640, 640]);

        using var outputs = session.Run(options, ["images"], [image], ["output0"]);

        var output = Assert.Single(outputs);
        Assert.True(output.IsTensor);
        var shape = output.GetTensorTypeAndShape();
        Assert.Equal([1, 84, 8400], shape.Shape);
        Assert.Equal(84 * 8400, shape.ElementCount);
        var values = output.GetTensorDataAsSpan<float>();
        Assert.Equal(84 * 8400, values.Length);
        // A black picture: every class probability is a sigmoid's, and none is a detection.
        var probabilities = values[(4 * 8400)..];
        foreach (var p in probabilities)
        {
            Assert.InRange(p, 0f, 0.25f);
        }
    }
}
