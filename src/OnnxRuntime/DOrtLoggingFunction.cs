namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// Receives the native library's log messages. It is called on whichever thread logs, several at once, inside native calls: it must be
/// quick, must not call into ONNX Runtime, and what it throws goes no further.
/// </summary>
/// <param name="param">The pointer given as <see cref="EnvironmentCreationOptions.loggingParam"/>.</param>
/// <param name="severity">Severity of the message.</param>
/// <param name="category">Part of the library that logs.</param>
/// <param name="logId">Identifier of the session, the run or the environment.</param>
/// <param name="codeLocation">File, line and function in the library's source.</param>
/// <param name="message">The message.</param>
public delegate void DOrtLoggingFunction(IntPtr param, OrtLoggingLevel severity, string category, string logId, string codeLocation, string message);
