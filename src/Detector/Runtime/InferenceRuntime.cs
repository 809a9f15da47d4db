using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Detector.Runtime;

/// <summary>Thread safe. What the rest of the service needs to know of ONNX Runtime, so that it need not know its bindings.</summary>
public static class InferenceRuntime
{
    /// <summary>Loads ONNX Runtime unless that is done. A line that says what was found, or a sentence that says why it cannot be used.</summary>
    /// <param name="description">Version and execution providers, or the reason.</param>
    public static bool TryLoad(out string description)
    {
        try
        {
            var environment = OrtEnv.Instance();
            description = $"ONNX Runtime {environment.GetVersionString()}, execution providers {string.Join(", ", environment.GetAvailableProviders())}";
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or OnnxRuntimeException)
        {
            description = e.Message;
            return false;
        }
    }
}
