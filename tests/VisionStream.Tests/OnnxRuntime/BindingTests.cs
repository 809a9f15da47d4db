using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class BindingTests : IDisposable
{
    private readonly InferenceSession _add;
    private readonly RunOptions _options;
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _a;
    private readonly OrtValue _b;

    public BindingTests()
    {
        NativeOnnxRuntime.Require();
        _a = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f, 4f], [4]);
        _b = OrtValue.CreateTensorValueFromMemory([10f, 20f, 30f, 40f], [4]);
        _add = new InferenceSession(OnnxFile.Add());
        _options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        _binding = _add.CreateIoBinding();
        _binding.BindInput("a", _a);
        _binding.BindInput("b", _b);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        _add.Dispose();
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public void Bound_runs_read_and_write_in_place()
    {
        var memory = new float[4];
        using var y = OrtValue.CreateTensorValueFromMemory(memory, [4]);
        _binding.BindOutput("y", y);

        _add.RunWithBinding(_options, _binding);
        Assert.Equal([11f, 22f, 33f, 44f], memory);

        _a.GetTensorMutableDataAsSpan<float>()[0] = 5;
        _binding.SynchronizeBoundInputs();
        _add.RunWithBinding(_options, _binding);
        _binding.SynchronizeBoundOutputs();
        Assert.Equal([15f, 22f, 33f, 44f], memory);
    }

    [Fact]
    public void Outputs_bound_to_a_device_are_allocated_by_each_run()
    {
        _binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);

        using var first = _add.RunWithBoundResults(_options, _binding);
        _a.GetTensorMutableDataAsSpan<float>()[0] = 5;
        using var second = _add.RunWithBoundResults(_options, _binding);

        Assert.Equal(15f, second[0].GetTensorDataAsSpan<float>()[0]);
        Assert.Equal([4], second[0].GetTensorTypeAndShape().Shape);
        Assert.Single(first);
    }

    [Fact]
    public void Rebinding_replaces_and_gives_the_old_value_up()
    {
        using var hundred = OrtValue.CreateTensorValueFromMemory([100f, 100f, 100f, 100f], [4]);
        _binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);

        _binding.BindInput("b", hundred);

        using var results = _add.RunWithBoundResults(_options, _binding);
        Assert.Equal([101f, 102f, 103f, 104f], results[0].GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void Unknown_names_are_refused_with_those_that_there_are()
    {
        var e = Assert.Throws<OnnxRuntimeException>(() => _binding.BindInput("c", _a));
        Assert.Equal("[ErrorCode:InvalidArgument] the model has no input 'c'; it has: a, b", e.Message);
        Assert.Throws<OnnxRuntimeException>(() => _binding.BindOutput("z", _a));
        Assert.Throws<OnnxRuntimeException>(() => _binding.BindOutputToDevice("z", OrtMemoryInfo.DefaultInstance));
    }

    [Fact]
    public void Cleared_inputs_are_missed_by_the_run()
    {
        _binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);
        _binding.ClearBoundInputs();

        Assert.Throws<OnnxRuntimeException>(() => _add.RunWithBinding(_options, _binding));
    }

    [Fact]
    public void Cleared_outputs_are_gone()
    {
        using var y = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);
        _binding.BindOutput("y", y);
        _binding.ClearBoundOutputs();

        using var none = _binding.GetOutputValues();
        Assert.Empty(none);
    }

    [Fact]
    public void Bound_tensor_of_another_shape_is_refused_by_the_run()
    {
        using var five = OrtValue.CreateTensorValueFromMemory(new float[5], [5]);
        _binding.BindOutput("y", five);

        Assert.Throws<OnnxRuntimeException>(() => _add.RunWithBinding(_options, _binding));
    }

    [Fact]
    public void Disposed_value_cannot_be_bound()
    {
        var gone = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);
        gone.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _binding.BindInput("a", gone));
        Assert.Throws<ArgumentNullException>(() => _binding.BindInput("a", null!));
    }

    [Fact]
    public void Rebinding_and_running_allocate_nothing()
    {
        using var y = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);
        _binding.BindOutput("y", y);

        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            _binding.BindInput("a", _b);
            _binding.BindInput("a", _a);
            _binding.BindOutput("y", y);
            _add.RunWithBinding(_options, _binding);
        }));
    }

    [Fact]
    public void Bound_runs_of_a_detector_allocate_nothing()
    {
        using var session = new InferenceSession(NativeOnnxRuntime.Model("fastestdet-352-fp32-unsupported-layout.onnx"));
        using var binding = session.CreateIoBinding();
        using var input = OrtValue.CreateTensorValueFromMemory(new float[3 * 352 * 352], [1, 3, 352, 352]);
        using var output = OrtValue.CreateTensorValueFromMemory(new float[85 * 22 * 22], [1, 85, 22, 22]);
        binding.BindInput("input.1", input);
        binding.BindOutput("758", output);
        var sum = 0f;

        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            input.GetTensorMutableDataAsSpan<float>()[0] += 0.1f;
            session.RunWithBinding(_options, binding);
            sum += output.GetTensorDataAsSpan<float>()[0];
        }));
        Assert.NotEqual(0, sum);
    }
}
