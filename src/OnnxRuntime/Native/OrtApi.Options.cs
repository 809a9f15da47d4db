using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

// Session options and run options.
internal readonly unsafe partial struct OrtApi
{
    /// <summary>(OrtSessionOptions** out)</summary>
    [FieldOffset(10 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint*, OrtStatus*> CreateSessionOptions;

    /// <summary>void (OrtSessionOptions* options)</summary>
    [FieldOffset(100 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseSessionOptions;

    /// <summary>(OrtSessionOptions* options, const ORTCHAR_T* path)</summary>
    [FieldOffset(11 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, OrtStatus*> SetOptimizedModelFilePath;

    /// <summary>(OrtSessionOptions* options, ExecutionMode mode)</summary>
    [FieldOffset(13 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> SetSessionExecutionMode;

    /// <summary>(OrtSessionOptions* options, const ORTCHAR_T* profile_file_prefix)</summary>
    [FieldOffset(14 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, OrtStatus*> EnableProfiling;

    /// <summary>(OrtSessionOptions* options)</summary>
    [FieldOffset(15 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> DisableProfiling;

    /// <summary>(OrtSessionOptions* options)</summary>
    [FieldOffset(16 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> EnableMemPattern;

    /// <summary>(OrtSessionOptions* options)</summary>
    [FieldOffset(17 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> DisableMemPattern;

    /// <summary>(OrtSessionOptions* options)</summary>
    [FieldOffset(18 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> EnableCpuMemArena;

    /// <summary>(OrtSessionOptions* options)</summary>
    [FieldOffset(19 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> DisableCpuMemArena;

    /// <summary>(OrtSessionOptions* options, const char* logid)</summary>
    [FieldOffset(20 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, OrtStatus*> SetSessionLogId;

    /// <summary>(OrtSessionOptions* options, int level)</summary>
    [FieldOffset(21 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> SetSessionLogVerbosityLevel;

    /// <summary>(OrtSessionOptions* options, int level)</summary>
    [FieldOffset(22 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> SetSessionLogSeverityLevel;

    /// <summary>(OrtSessionOptions* options, GraphOptimizationLevel level)</summary>
    [FieldOffset(23 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> SetSessionGraphOptimizationLevel;

    /// <summary>(OrtSessionOptions* options, int threads)</summary>
    [FieldOffset(24 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> SetIntraOpNumThreads;

    /// <summary>(OrtSessionOptions* options, int threads)</summary>
    [FieldOffset(25 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> SetInterOpNumThreads;

    /// <summary>(OrtSessionOptions* options, const char* denotation, int64_t value)</summary>
    [FieldOffset(79 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, long, OrtStatus*> AddFreeDimensionOverride;

    /// <summary>(OrtSessionOptions* options, const char* name, int64_t value)</summary>
    [FieldOffset(124 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, long, OrtStatus*> AddFreeDimensionOverrideByName;

    /// <summary>(OrtSessionOptions* options, const char* key, const char* value)</summary>
    [FieldOffset(130 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, OrtStatus*> AddSessionConfigEntry;

    /// <summary>(OrtSessionOptions* options, const char* provider, const char* const* keys, const char* const* values, size_t count)</summary>
    [FieldOffset(216 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte**, byte**, nuint, OrtStatus*> SessionOptionsAppendExecutionProvider;

    /// <summary>(OrtSessionOptions* options, const OrtCUDAProviderOptionsV2* cuda)</summary>
    [FieldOffset(204 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, OrtStatus*> SessionOptionsAppendExecutionProvider_CUDA_V2;

    /// <summary>(OrtCUDAProviderOptionsV2** out)</summary>
    [FieldOffset(205 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint*, OrtStatus*> CreateCUDAProviderOptions;

    /// <summary>(OrtCUDAProviderOptionsV2* cuda, const char* const* keys, const char* const* values, size_t count)</summary>
    [FieldOffset(206 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte**, byte**, nuint, OrtStatus*> UpdateCUDAProviderOptions;

    /// <summary>void (OrtCUDAProviderOptionsV2* cuda)</summary>
    [FieldOffset(208 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseCUDAProviderOptions;

    /// <summary>(OrtRunOptions** out)</summary>
    [FieldOffset(39 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint*, OrtStatus*> CreateRunOptions;

    /// <summary>void (OrtRunOptions* options)</summary>
    [FieldOffset(97 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseRunOptions;

    /// <summary>(OrtRunOptions* options, int level)</summary>
    [FieldOffset(40 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> RunOptionsSetRunLogVerbosityLevel;

    /// <summary>(OrtRunOptions* options, int level)</summary>
    [FieldOffset(41 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int, OrtStatus*> RunOptionsSetRunLogSeverityLevel;

    /// <summary>(OrtRunOptions* options, const char* tag)</summary>
    [FieldOffset(42 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, OrtStatus*> RunOptionsSetRunTag;

    /// <summary>(OrtRunOptions* options)</summary>
    [FieldOffset(46 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> RunOptionsSetTerminate;

    /// <summary>(OrtRunOptions* options)</summary>
    [FieldOffset(47 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> RunOptionsUnsetTerminate;

    /// <summary>(OrtRunOptions* options, const char* key, const char* value)</summary>
    [FieldOffset(165 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, OrtStatus*> AddRunConfigEntry;
}
