using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class SessionOptionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visionstream-onnx-");

    public SessionOptionsTests() => NativeOnnxRuntime.Require();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        using var options = new SessionOptions();

        Assert.True(options.EnableMemoryPattern);
        Assert.True(options.EnableCpuMemArena);
        Assert.False(options.EnableProfiling);
        Assert.Equal("onnxruntime_profile_", options.ProfileOutputPathPrefix);
        Assert.Equal(("", ""), (options.OptimizedModelFilePath, options.LogId));
        Assert.Equal((OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, 0), (options.LogSeverityLevel, options.LogVerbosityLevel));
        Assert.Equal((0, 0), (options.IntraOpNumThreads, options.InterOpNumThreads));
        Assert.Equal((GraphOptimizationLevel.ORT_ENABLE_ALL, ExecutionMode.ORT_SEQUENTIAL), (options.GraphOptimizationLevel, options.ExecutionMode));
    }

    [Fact]
    public void Options_are_kept_and_taken_by_a_session()
    {
        using var options = new SessionOptions
        {
            EnableMemoryPattern = false,
            EnableCpuMemArena = false,
            LogId = "größe",
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            LogVerbosityLevel = 1,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_PARALLEL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddFreeDimensionOverride("DATA_BATCH", 1);

        using var session = new InferenceSession(OnnxFile.Add(), options);

        Assert.False(options.EnableMemoryPattern);
        Assert.False(options.EnableCpuMemArena);
        Assert.Equal(("größe", OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, 1), (options.LogId, options.LogSeverityLevel, options.LogVerbosityLevel));
        Assert.Equal((1, 1), (options.IntraOpNumThreads, options.InterOpNumThreads));
        Assert.Equal((GraphOptimizationLevel.ORT_DISABLE_ALL, ExecutionMode.ORT_PARALLEL), (options.GraphOptimizationLevel, options.ExecutionMode));
        Assert.Equal(["a", "b"], session.InputNames);
    }

    [Fact]
    public void Free_dimension_is_fixed_by_its_name()
    {
        using var options = new SessionOptions();
        options.AddFreeDimensionOverrideByName("batch", 5);
        options.AddFreeDimensionOverrideByName("unheard of", 9);

        using var session = new InferenceSession(OnnxFile.Relu("batch", 3, "width"), options);

        Assert.Equal([5, 3, -1], session.InputMetadata["x"].Dimensions);
        Assert.Equal(["", "", "width"], session.InputMetadata["x"].SymbolicDimensions);
    }

    [Fact]
    public void Options_may_be_disposed_after_the_session_is_made()
    {
        var options = new SessionOptions();
        using var session = new InferenceSession(OnnxFile.Relu(2), options);
        options.Dispose();

        using var runOptions = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory([-1f, 1f], [2]);
        using var outputs = session.Run(runOptions, ["x"], [x], ["y"]);

        Assert.Equal([0f, 1f], outputs[0].GetTensorDataAsSpan<float>());
        Assert.Throws<ObjectDisposedException>(() => new InferenceSession(OnnxFile.Relu(2), options));
        Assert.Throws<ObjectDisposedException>(() => options.IntraOpNumThreads = 1);
    }

    [Fact]
    public void Optimised_model_is_written_and_runs_again()
    {
        var path = Path.Combine(_folder.FullName, "größe.onnx");
        using (var options = new SessionOptions { OptimizedModelFilePath = path, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC })
        using (new InferenceSession(OnnxFile.Relu(2), options))
        {
        }

        using var session = new InferenceSession(path);
        Assert.Equal([2], session.InputMetadata["x"].Dimensions);
    }

    [Fact]
    public void Profile_is_written_where_it_is_asked_for()
    {
        var prefix = Path.Combine(_folder.FullName, "profile");
        using var options = new SessionOptions { ProfileOutputPathPrefix = prefix, EnableProfiling = true };
        using var session = new InferenceSession(OnnxFile.Relu(2), options);
        options.EnableProfiling = false;

        var path = session.EndProfiling();

        Assert.StartsWith(prefix, path, StringComparison.Ordinal);
        Assert.Contains("session_initialization", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_exist_are_refused()
    {
        using var options = new SessionOptions();

        Assert.Throws<OnnxRuntimeException>(() => options.GraphOptimizationLevel = (GraphOptimizationLevel)7);
        Assert.Throws<OnnxRuntimeException>(() => options.ExecutionMode = (ExecutionMode)7);
        Assert.Throws<OnnxRuntimeException>(() => options.AddSessionConfigEntry("", "1"));
        Assert.Throws<ArgumentNullException>(() => options.LogId = null!);
        Assert.Equal(GraphOptimizationLevel.ORT_ENABLE_ALL, options.GraphOptimizationLevel);
    }

    [Fact]
    public void Provider_that_does_not_exist_is_refused_by_its_name()
    {
        using var options = new SessionOptions();

        var e = Assert.Throws<OnnxRuntimeException>(
            () => options.AppendExecutionProvider("Abacus", new Dictionary<string, string> { ["beads"] = "10", ["größe"] = "°" }));

        Assert.Contains("Abacus", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuda_is_there_or_is_refused_with_a_reason()
    {
        using var options = new SessionOptions();

        var e = Record.Exception(() => options.AppendExecutionProvider_CUDA());

        if (e is not null)
        {
            Assert.StartsWith("[ErrorCode:", Assert.IsType<OnnxRuntimeException>(e).Message, StringComparison.Ordinal);
        }

        // Whether or not it was added, the options are usable.
        options.IntraOpNumThreads = 1;
        Assert.Equal(1, options.IntraOpNumThreads);
    }
}
