using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class InferenceSessionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visionstream-onnx-");
    private readonly RunOptions _options;

    public InferenceSessionTests()
    {
        NativeOnnxRuntime.Require();
        _options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    }

    public void Dispose()
    {
        _options.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Missing_file_is_refused()
    {
        var path = Path.Combine(_folder.FullName, "größe.onnx");

        var e = Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(path));

        Assert.StartsWith("[ErrorCode:NoSuchFile] ", e.Message, StringComparison.Ordinal);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Garbage_is_refused(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        var path = Path.Combine(_folder.FullName, "garbage.onnx");
        File.WriteAllBytes(path, bytes);

        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(path));
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(bytes));
    }

    [Fact]
    public void Truncated_model_is_refused()
    {
        var bytes = File.ReadAllBytes(NativeOnnxRuntime.Model("fastestdet-352-fp32-unsupported-layout.onnx"));

        var e = Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(bytes[..(bytes.Length / 2)]));

        Assert.StartsWith("[ErrorCode:InvalidProtobuf] ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_that_cannot_run_loads_and_fails_in_the_run()
    {
        // The model's README: its inside is fixed to 640 x 640, and these two byte pairs say 320 x 320 outside.
        var bytes = File.ReadAllBytes(NativeOnnxRuntime.Model("yolov10n-640-int8-dynq-e2e-repaired.onnx"));
        foreach (var offset in (int[])[2628324, 2628329])
        {
            Assert.Equal([0x80, 0x05], bytes[offset..(offset + 2)]);
            (bytes[offset], bytes[offset + 1]) = (0xC0, 0x02);
        }

        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var session = new InferenceSession(bytes, options);
        Assert.Equal([1, 3, 320, 320], session.InputMetadata["images"].Dimensions);
        using var image = OrtValue.CreateTensorValueFromMemory(new float[3 * 320 * 320], [1, 3, 320, 320]);

        var e = Assert.Throws<OnnxRuntimeException>(() => session.Run(_options, ["images"], [image], ["output0"]));

        Assert.Contains("/model.10/attn/Reshape", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new InferenceSession((string)null!));
        Assert.Throws<ArgumentNullException>(() => new InferenceSession((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => new InferenceSession(OnnxFile.Add(), null!));
        Assert.Throws<ArgumentException>(() => new InferenceSession("a\0b"));
    }

    [Fact]
    public void Metadata_of_the_file_is_read()
    {
        using var session = new InferenceSession(OnnxFile.Relu("batch", 3));
        var metadata = session.ModelMetadata;

        Assert.Equal("test", metadata.ProducerName);
        Assert.Equal("org.example", metadata.Domain);
        Assert.Equal("a model", metadata.Description);
        Assert.Equal("tiny", metadata.GraphName);
        Assert.Equal("a graph", metadata.GraphDescription);
        Assert.Equal(7, metadata.Version);
        Assert.Equal(new Dictionary<string, string> { ["names"] = "{0: 'thing'}", ["größe"] = "4 °" }, metadata.CustomMetadataMap);
    }

    [Fact]
    public void Free_dimensions_are_minus_one_and_keep_their_names()
    {
        using var session = new InferenceSession(OnnxFile.Relu("batch", 3));

        Assert.Equal([-1, 3], session.InputMetadata["x"].Dimensions);
        Assert.Equal(["batch", ""], session.InputMetadata["x"].SymbolicDimensions);
    }

    [Fact]
    public void Output_that_is_no_tensor_says_so()
    {
        var model = OnnxFile.Model(OnnxFile.Graph(
            "SequenceConstruct", [OnnxFile.Tensor("x", OnnxFile.Float, 2)], OnnxFile.Sequence("y", OnnxFile.Float, 2), "x"));
        using var session = new InferenceSession(model);
        using var x = OrtValue.CreateTensorValueFromMemory([1f, 2f], [2]);

        var metadata = session.OutputMetadata["y"];
        Assert.Equal(OnnxValueType.ONNX_TYPE_SEQUENCE, metadata.OnnxValueType);
        Assert.False(metadata.IsTensor);
        Assert.Throws<OnnxRuntimeException>(() => metadata.Dimensions);

        using var outputs = session.Run(_options, ["x"], [x], ["y"]);
        Assert.False(outputs[0].IsTensor);
        Assert.Throws<OnnxRuntimeException>(() => outputs[0].GetTensorTypeAndShape());
        Assert.Throws<OnnxRuntimeException>(() => outputs[0].GetTensorDataAsSpan<float>().Length);
    }

    [Fact]
    public void Half_precision_inputs_and_outputs_are_known()
    {
        var model = OnnxFile.Model(OnnxFile.Graph(
            "Neg", [OnnxFile.Tensor("x", OnnxFile.Float16, 3)], OnnxFile.Tensor("y", OnnxFile.Float16, 3), "x"));
        using var session = new InferenceSession(model);
        Assert.Equal(TensorElementType.Float16, session.InputMetadata["x"].ElementDataType);
        Assert.Equal(typeof(Float16), session.InputMetadata["x"].ElementType);
        using var x = OrtValue.CreateTensorValueFromMemory([(Float16)0.5f, (Float16)(-2f), Float16.One], [3]);

        using var outputs = session.Run(_options, ["x"], [x], ["y"]);

        Assert.Equal([-0.5f, 2f, -1f], outputs[0].GetTensorDataAsSpan<Float16>().ToArray().Select(v => (float)v));
    }

    [Fact]
    public void Disposed_session_refuses_to_run()
    {
        var session = new InferenceSession(OnnxFile.Add());
        using var a = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);
        session.Dispose();
        session.Dispose();

        Assert.Equal(["a", "b"], session.InputNames);
        Assert.Throws<ObjectDisposedException>(() => session.Run(_options, ["a", "b"], [a, a], ["y"]));
        Assert.Throws<ObjectDisposedException>(session.CreateIoBinding);
    }
}
