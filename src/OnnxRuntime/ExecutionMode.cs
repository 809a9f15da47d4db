namespace Microsoft.ML.OnnxRuntime;

/// <summary>Whether independent branches of a graph run one after the other or side by side.</summary>
public enum ExecutionMode
{
    /// <summary>One operator at a time (the default).</summary>
    ORT_SEQUENTIAL = 0,

    /// <summary>Branches in parallel, on the threads of <c>InterOpNumThreads</c>.</summary>
    ORT_PARALLEL = 1,
}
