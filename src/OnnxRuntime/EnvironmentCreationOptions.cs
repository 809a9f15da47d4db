namespace Microsoft.ML.OnnxRuntime;

/// <summary>What an environment is created with; what is left out has its default.</summary>
public struct EnvironmentCreationOptions
{
    /// <summary>Name of the application in log messages (default: "CSharpOnnxRuntime").</summary>
    public string? logId;

    /// <summary>Lowest severity that is logged (default: warning).</summary>
    public OrtLoggingLevel? logLevel;

    /// <summary>Handed to <see cref="loggingFunction"/> with every message (default: zero).</summary>
    public IntPtr? loggingParam;

    /// <summary>Receives the log (default: the library writes to standard error).</summary>
    public DOrtLoggingFunction? loggingFunction;
}
