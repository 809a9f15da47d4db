using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

/// <summary>
/// The C API's function table, read in place: only the slots that are called, each at its number.
/// </summary>
/// <remarks>
/// <para>Threading: the table is constant for the life of the process. Which functions may be called at the same time on one
/// object is said at the type that owns the object.</para>
/// <para>Numbers and signatures follow <c>struct OrtApi</c> in <c>onnxruntime_c_api.h</c>, where new functions are only ever added
/// at the end; a test compares every slot here with the header. Native objects are <c>nint</c>; the C signature stands beside each slot.
/// The other parts of this type hold the slots for sessions, options, values, metadata and bindings.</para>
/// </remarks>
[StructLayout(LayoutKind.Explicit)]
internal readonly unsafe partial struct OrtApi
{
    /// <summary>Version of the table to ask for: the first one that has every slot used here (226 came with ONNX Runtime 1.14).</summary>
    internal const uint Version = 14;

    /// <summary>Bytes of one slot. All builds of ONNX Runtime that VisionStream runs on are 64-bit.</summary>
    internal const int Slot = 8;

    /// <summary>OrtErrorCode (const OrtStatus* status)</summary>
    [FieldOffset(1 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<OrtStatus*, int> GetErrorCode;

    /// <summary>const char* (const OrtStatus* status): text that the status owns.</summary>
    [FieldOffset(2 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<OrtStatus*, byte*> GetErrorMessage;

    /// <summary>void (OrtStatus* status)</summary>
    [FieldOffset(93 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<OrtStatus*, void> ReleaseStatus;

    /// <summary>(OrtLoggingLevel level, const char* logid, OrtEnv** out)</summary>
    [FieldOffset(3 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<int, byte*, nint*, OrtStatus*> CreateEnv;

    /// <summary>(OrtLoggingFunction function, void* param, OrtLoggingLevel level, const char* logid, OrtEnv** out)</summary>
    [FieldOffset(4 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, byte*, byte*, void>, nint, int, byte*, nint*, OrtStatus*> CreateEnvWithCustomLogger;

    /// <summary>(OrtEnv* env, OrtLoggingLevel level)</summary>
    [FieldOffset(226 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> UpdateEnvWithCustomLogLevel;

    /// <summary>void (OrtEnv* env)</summary>
    [FieldOffset(92 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseEnv;

    /// <summary>(char*** out, int* length)</summary>
    [FieldOffset(125 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<byte***, int*, OrtStatus*> GetAvailableProviders;

    /// <summary>(char** ptr, int length)</summary>
    [FieldOffset(126 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<byte**, int, OrtStatus*> ReleaseAvailableProviders;
}
