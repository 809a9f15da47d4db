using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

// Sessions, what they tell of a model, and bindings.
internal readonly unsafe partial struct OrtApi
{
    /// <summary>(const OrtEnv* env, const ORTCHAR_T* path, const OrtSessionOptions* options, OrtSession** out)</summary>
    [FieldOffset(7 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint, nint*, OrtStatus*> CreateSession;

    /// <summary>(const OrtEnv* env, const void* data, size_t length, const OrtSessionOptions* options, OrtSession** out)</summary>
    [FieldOffset(8 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint, nint*, OrtStatus*> CreateSessionFromArray;

    /// <summary>void (OrtSession* session)</summary>
    [FieldOffset(95 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseSession;

    /// <summary>(OrtSession* session, const OrtRunOptions* options, const char* const* input_names, const OrtValue* const* inputs, size_t input_len, const char* const* output_names, size_t output_names_len, OrtValue** outputs)</summary>
    [FieldOffset(9 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, OrtStatus*> Run;

    /// <summary>(const OrtSession* session, size_t* out)</summary>
    [FieldOffset(30 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, OrtStatus*> SessionGetInputCount;

    /// <summary>(const OrtSession* session, size_t* out)</summary>
    [FieldOffset(31 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, OrtStatus*> SessionGetOutputCount;

    /// <summary>(const OrtSession* session, size_t index, OrtTypeInfo** type_info)</summary>
    [FieldOffset(33 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint*, OrtStatus*> SessionGetInputTypeInfo;

    /// <summary>(const OrtSession* session, size_t index, OrtTypeInfo** type_info)</summary>
    [FieldOffset(34 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint*, OrtStatus*> SessionGetOutputTypeInfo;

    /// <summary>(const OrtSession* session, size_t index, OrtAllocator* allocator, char** value): text that the allocator frees</summary>
    [FieldOffset(36 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, OrtStatus*> SessionGetInputName;

    /// <summary>(const OrtSession* session, size_t index, OrtAllocator* allocator, char** value): text that the allocator frees</summary>
    [FieldOffset(37 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, OrtStatus*> SessionGetOutputName;

    /// <summary>(OrtSession* session, OrtAllocator* allocator, char** out): text that the allocator frees</summary>
    [FieldOffset(110 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, OrtStatus*> SessionEndProfiling;

    /// <summary>(const OrtSession* session, OrtModelMetadata** out)</summary>
    [FieldOffset(111 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, OrtStatus*> SessionGetModelMetadata;

    /// <summary>(const OrtModelMetadata* metadata, OrtAllocator* allocator, char** value): text that the allocator frees</summary>
    [FieldOffset(112 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, OrtStatus*> ModelMetadataGetProducerName;

    /// <summary>(const OrtModelMetadata* metadata, OrtAllocator* allocator, char** value): text that the allocator frees</summary>
    [FieldOffset(113 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, OrtStatus*> ModelMetadataGetGraphName;

    /// <summary>(const OrtModelMetadata* metadata, OrtAllocator* allocator, char** value): text that the allocator frees</summary>
    [FieldOffset(114 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, OrtStatus*> ModelMetadataGetDomain;

    /// <summary>(const OrtModelMetadata* metadata, OrtAllocator* allocator, char** value): text that the allocator frees</summary>
    [FieldOffset(115 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, OrtStatus*> ModelMetadataGetDescription;

    /// <summary>(const OrtModelMetadata* metadata, OrtAllocator* allocator, const char* key, char** value): null when the key is not there</summary>
    [FieldOffset(116 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte*, byte**, OrtStatus*> ModelMetadataLookupCustomMetadataMap;

    /// <summary>(const OrtModelMetadata* metadata, int64_t* value)</summary>
    [FieldOffset(117 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, long*, OrtStatus*> ModelMetadataGetVersion;

    /// <summary>void (OrtModelMetadata* metadata)</summary>
    [FieldOffset(118 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseModelMetadata;

    /// <summary>(const OrtModelMetadata* metadata, OrtAllocator* allocator, char*** keys, int64_t* count): the array and each key are the allocator's to free</summary>
    [FieldOffset(123 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte***, long*, OrtStatus*> ModelMetadataGetCustomMetadataMapKeys;

    /// <summary>(const OrtModelMetadata* metadata, OrtAllocator* allocator, char** value): text that the allocator frees</summary>
    [FieldOffset(158 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, OrtStatus*> ModelMetadataGetGraphDescription;

    /// <summary>(OrtSession* session, const OrtRunOptions* options, const OrtIoBinding* binding)</summary>
    [FieldOffset(133 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint, OrtStatus*> RunWithBinding;

    /// <summary>(OrtSession* session, OrtIoBinding** out)</summary>
    [FieldOffset(134 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, OrtStatus*> CreateIoBinding;

    /// <summary>void (OrtIoBinding* binding)</summary>
    [FieldOffset(135 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseIoBinding;

    /// <summary>(OrtIoBinding* binding, const char* name, const OrtValue* value)</summary>
    [FieldOffset(136 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint, OrtStatus*> BindInput;

    /// <summary>(OrtIoBinding* binding, const char* name, const OrtValue* value)</summary>
    [FieldOffset(137 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint, OrtStatus*> BindOutput;

    /// <summary>(OrtIoBinding* binding, const char* name, const OrtMemoryInfo* info)</summary>
    [FieldOffset(138 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint, OrtStatus*> BindOutputToDevice;

    /// <summary>(const OrtIoBinding* binding, OrtAllocator* allocator, OrtValue*** output, size_t* count): the array is the allocator's to free, the values the caller's to release</summary>
    [FieldOffset(140 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint**, nuint*, OrtStatus*> GetBoundOutputValues;

    /// <summary>void (OrtIoBinding* binding)</summary>
    [FieldOffset(141 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ClearBoundInputs;

    /// <summary>void (OrtIoBinding* binding)</summary>
    [FieldOffset(142 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ClearBoundOutputs;

    /// <summary>(OrtIoBinding* binding)</summary>
    [FieldOffset(202 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> SynchronizeBoundInputs;

    /// <summary>(OrtIoBinding* binding)</summary>
    [FieldOffset(203 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, OrtStatus*> SynchronizeBoundOutputs;
}
