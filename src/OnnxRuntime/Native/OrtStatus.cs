namespace VisionStream.OnnxRuntime.Native;

/// <summary>
/// The C API's opaque <c>OrtStatus</c>. A null pointer is success; anything else is owned by whoever received it
/// and must be released, which <c>NativeStatus.Check</c> does.
/// </summary>
internal readonly struct OrtStatus;
