namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// ONNX Runtime refused or failed: a model that cannot be read, a run whose shapes do not fit, an unknown name. The message has the
/// form <c>[ErrorCode:Name] text of the native library</c>.
/// </summary>
public class OnnxRuntimeException : Exception
{
    internal OnnxRuntimeException(ErrorCode code, string message)
        : base($"[ErrorCode:{code}] {message}")
    {
    }
}
