namespace Microsoft.ML.OnnxRuntime;

/// <summary>Severity of a log message, with the numbers of the C API's enumeration.</summary>
public enum OrtLoggingLevel
{
    /// <summary>Everything, down to single allocations.</summary>
    ORT_LOGGING_LEVEL_VERBOSE = 0,

    /// <summary>What was loaded and optimised.</summary>
    ORT_LOGGING_LEVEL_INFO = 1,

    /// <summary>Works, but not as it was meant to.</summary>
    ORT_LOGGING_LEVEL_WARNING = 2,

    /// <summary>A call failed.</summary>
    ORT_LOGGING_LEVEL_ERROR = 3,

    /// <summary>The library cannot go on.</summary>
    ORT_LOGGING_LEVEL_FATAL = 4,
}
