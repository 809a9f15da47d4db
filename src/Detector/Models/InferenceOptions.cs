using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Detector.Models;

/// <summary>How ONNX Runtime runs the model. Immutable.</summary>
public sealed record InferenceOptions
{
    /// <summary>Threads inside one run (default: 0, which chooses by cores and streams, see <see cref="ThreadsFor"/>).</summary>
    public int Threads { get; init; }

    /// <summary>Streams that are expected to share the model (default: 1); only for choosing <see cref="Threads"/>.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>
    /// Whether ONNX Runtime's threads wait for work by spinning (default: false). Two threads on 2 cores with yolov8n-640-int8-qdq:
    /// spinning takes a seventh to a fifth off a run while nothing else needs a core and costs a quarter more CPU; beside one busy
    /// thread a run takes up to 210 ms with it and 127 without, medians of 25.
    /// </summary>
    public bool AllowSpinning { get; init; }

    /// <summary>Keeps freed memory for the next run (default: true).</summary>
    public bool Arena { get; init; } = true;

    /// <summary>Graph optimisations: <c>none</c>, <c>basic</c>, <c>extended</c> or <c>all</c> (default: all).</summary>
    public string GraphOptimization { get; init; } = "all";

    /// <summary>Execution provider by the name that ONNX Runtime gives it, such as <c>cpu</c>, <c>cuda</c>, <c>XNNPACK</c> (default: cpu).</summary>
    public string ExecutionProvider { get; init; } = "cpu";

    /// <summary>Everything that is wrong, a sentence each, starting with the option's name.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Threads is < 0 or > 256)
        {
            errors.Add($"inference.threads: {Threads} is not between 0 and 256; 0 chooses by cores and streams.");
        }

        if (Level is null)
        {
            errors.Add($"inference.graph_optimization: '{GraphOptimization}' is none of none, basic, extended, all.");
        }

        if (string.IsNullOrWhiteSpace(ExecutionProvider))
        {
            errors.Add("inference.execution_provider: the name is empty; cpu is always there.");
        }

        return errors;
    }

    /// <summary>
    /// Threads for one run. Several streams need more inferences than one core can give, and all cores are used. A single stream leaves a
    /// core to decoding and sending where there are more than two; on two cores both are used: with yolov8n-640-int8-qdq from a published
    /// 540p25 stream one thread makes 9.3 detections a second and 2 make 10.0, and <c>bench latency</c> (publisher and server on the same
    /// cores) has a median of 155 ms instead of 186. At most 8, where the small models of this trade stop gaining.
    /// </summary>
    public static int ThreadsFor(int cores, int streams) => Math.Clamp(streams > 1 || cores <= 2 ? cores : cores - 1, 1, 8);

    /// <summary>The options as ONNX Runtime takes them; the caller disposes them.</summary>
    /// <exception cref="OnnxRuntimeException">This build of ONNX Runtime has no such execution provider.</exception>
    internal SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions();
        try
        {
            options.IntraOpNumThreads = Threads > 0 ? Threads : ThreadsFor(Environment.ProcessorCount, Streams);
            options.InterOpNumThreads = 1;
            options.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
            options.GraphOptimizationLevel = Level ?? GraphOptimizationLevel.ORT_ENABLE_ALL;
            options.EnableCpuMemArena = Arena;

            // A pattern reserves one block for all tensors of a run: 22 MB more for yolov8n-640-int8-qdq, and no faster.
            options.EnableMemoryPattern = false;

            // Failures come back as exceptions; its own lines on stderr would repeat them for every frame.
            options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", AllowSpinning ? "1" : "0");
            if (ExecutionProvider.Equals("cuda", StringComparison.OrdinalIgnoreCase))
            {
                options.AppendExecutionProvider_CUDA();
            }
            else if (!ExecutionProvider.Equals("cpu", StringComparison.OrdinalIgnoreCase))
            {
                options.AppendExecutionProvider(ExecutionProvider);
            }

            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private GraphOptimizationLevel? Level => GraphOptimization switch
    {
        "none" => GraphOptimizationLevel.ORT_DISABLE_ALL,
        "basic" => GraphOptimizationLevel.ORT_ENABLE_BASIC,
        "extended" => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        "all" => GraphOptimizationLevel.ORT_ENABLE_ALL,
        _ => null,
    };
}
