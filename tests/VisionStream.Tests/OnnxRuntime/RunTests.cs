using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class RunTests : IDisposable
{
    private readonly InferenceSession _add;
    private readonly RunOptions _options;
    private readonly OrtValue _a;
    private readonly OrtValue _b;

    public RunTests()
    {
        NativeOnnxRuntime.Require();
        _a = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f, 4f], [4]);
        _b = OrtValue.CreateTensorValueFromMemory([10f, 20f, 30f, 40f], [4]);
        _add = new InferenceSession(OnnxFile.Add());
        _options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    }

    public void Dispose()
    {
        _add.Dispose();
        _options.Dispose();
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public void Outputs_are_allocated_in_the_order_of_their_names()
    {
        using var outputs = _add.Run(_options, ["b", "a"], [_b, _a], ["y", "y"]);

        Assert.Equal(2, outputs.Count);
        Assert.All(outputs, o => Assert.Equal([11f, 22f, 33f, 44f], o.GetTensorDataAsSpan<float>()));
    }

    [Fact]
    public void Disposed_outputs_are_given_up()
    {
        var outputs = _add.Run(_options, ["a", "b"], [_a, _b], ["y"]);
        var output = outputs[0];
        outputs.Dispose();

        Assert.Empty(outputs);
        Assert.Throws<ObjectDisposedException>(() => output.GetTensorDataAsSpan<float>().Length);
    }

    [Fact]
    public void Outputs_that_are_given_are_written()
    {
        var memory = new float[4];
        using var y = OrtValue.CreateTensorValueFromMemory(memory, [4]);

        _add.Run(null, ["a", "b"], [_a, _b], ["y"], [y]);

        Assert.Equal([11f, 22f, 33f, 44f], memory);
    }

    [Fact]
    public void Collections_without_an_index_are_taken_too()
    {
        using var outputs = _add.Run(_options, new Queue<string>(["a", "b"]), new Queue<OrtValue>([_a, _b]), new HashSet<string> { "y" });

        Assert.Equal([11f, 22f, 33f, 44f], outputs[0].GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void Runs_into_given_outputs_allocate_nothing()
    {
        using var y = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);
        string[] inputs = ["a", "b"];
        OrtValue[] values = [_a, _b];
        string[] outputs = ["y"];
        OrtValue[] written = [y];

        Assert.Equal(0, SteadyState.Allocation(() => _add.Run(_options, inputs, values, outputs, written)));
    }

    [Fact]
    public void Many_inputs_do_not_fit_on_the_stack_and_run_all_the_same()
    {
        // 40 inputs and one output are 82 native entries, more than the 64 that lie on the stack.
        var names = Enumerable.Range(0, 40).Select(i => $"x{i}").ToArray();
        var tensors = names.Select(n => OnnxFile.Tensor(n, OnnxFile.Float, 2)).ToArray();
        using var session = new InferenceSession(OnnxFile.Model(OnnxFile.Graph("Sum", tensors, OnnxFile.Tensor("y", OnnxFile.Float, 2), names)));
        using var one = OrtValue.CreateTensorValueFromMemory([1f, 2f], [2]);

        using var outputs = session.Run(_options, names, Enumerable.Repeat(one, 40).ToArray(), ["y"]);

        Assert.Equal([40f, 80f], outputs[0].GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void Unknown_names_are_refused_with_those_that_there_are()
    {
        var input = Assert.Throws<OnnxRuntimeException>(() => _add.Run(_options, ["a", "c"], [_a, _b], ["y"]));
        Assert.Equal("[ErrorCode:InvalidArgument] the model has no input 'c'; it has: a, b", input.Message);

        var output = Assert.Throws<OnnxRuntimeException>(() => _add.Run(_options, ["a", "b"], [_a, _b], ["z"]));
        Assert.Equal("[ErrorCode:InvalidArgument] the model has no output 'z'; it has: y", output.Message);
    }

    [Fact]
    public void Counts_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _add.Run(_options, ["a", "b"], [_a], ["y"]));
        Assert.Throws<ArgumentException>(() => _add.Run(null, ["a", "b"], [_a, _b], ["y"], []));
        Assert.Throws<ArgumentNullException>(() => _add.Run(null!, ["a", "b"], [_a, _b], ["y"]));
    }

    [Fact]
    public void Missing_input_and_wrong_shape_are_refused()
    {
        using var five = OrtValue.CreateTensorValueFromMemory(new float[5], [5]);

        Assert.Throws<OnnxRuntimeException>(() => _add.Run(_options, ["a"], [_a], ["y"]));
        var e = Assert.Throws<OnnxRuntimeException>(() => _add.Run(_options, ["a", "b"], [_a, five], ["y"]));
        Assert.StartsWith("[ErrorCode:InvalidArgument] Got invalid dimensions for input: b", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposed_values_are_refused_and_the_others_stay_usable()
    {
        var gone = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);
        gone.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _add.Run(_options, ["a", "b"], [_a, gone], ["y"]));
        using var outputs = _add.Run(_options, ["a", "b"], [_a, _b], ["y"]);
        Assert.Equal([11f, 22f, 33f, 44f], outputs[0].GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void Terminated_options_end_runs_until_they_are_reset()
    {
        using var options = new RunOptions { Terminate = true };

        var e = Assert.Throws<OnnxRuntimeException>(() => _add.Run(options, ["a", "b"], [_a, _b], ["y"]));
        Assert.Contains("terminate", e.Message, StringComparison.OrdinalIgnoreCase);

        options.Terminate = false;
        using var outputs = _add.Run(options, ["a", "b"], [_a, _b], ["y"]);
        Assert.Single(outputs);
    }

    [Fact]
    public void Run_options_are_kept()
    {
        using var options = new RunOptions { LogId = "run 1", LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, LogVerbosityLevel = 1 };
        options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");

        using var outputs = _add.Run(options, ["a", "b"], [_a, _b], ["y"]);

        Assert.Equal(("run 1", OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, 1), (options.LogId, options.LogSeverityLevel, options.LogVerbosityLevel));
        Assert.Single(outputs);
    }
}
