namespace Microsoft.ML.OnnxRuntime;

/// <summary>How far a graph is rewritten when a session is created.</summary>
public enum GraphOptimizationLevel
{
    /// <summary>As it is in the file.</summary>
    ORT_DISABLE_ALL = 0,

    /// <summary>Constant folding, removal of what is redundant.</summary>
    ORT_ENABLE_BASIC = 1,

    /// <summary>And fusions for the execution provider.</summary>
    ORT_ENABLE_EXTENDED = 2,

    /// <summary>And memory layouts (the default).</summary>
    ORT_ENABLE_ALL = 99,
}
