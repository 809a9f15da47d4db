using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

// Values, their types and shapes, memory and allocators.
internal readonly unsafe partial struct OrtApi
{
    /// <summary>(OrtAllocator* allocator, const int64_t* shape, size_t rank, ONNXTensorElementDataType type, OrtValue** out)</summary>
    [FieldOffset(48 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, long*, nuint, int, nint*, OrtStatus*> CreateTensorAsOrtValue;

    /// <summary>(const OrtMemoryInfo* info, void* data, size_t bytes, const int64_t* shape, size_t rank, ONNXTensorElementDataType type, OrtValue** out)</summary>
    [FieldOffset(49 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, OrtStatus*> CreateTensorWithDataAsOrtValue;

    /// <summary>(OrtValue* value, void** out)</summary>
    [FieldOffset(51 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void**, OrtStatus*> GetTensorMutableData;

    /// <summary>(const OrtValue* value, OrtTensorTypeAndShapeInfo** out)</summary>
    [FieldOffset(65 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, OrtStatus*> GetTensorTypeAndShape;

    /// <summary>(const OrtValue* value, ONNXType* out)</summary>
    [FieldOffset(67 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int*, OrtStatus*> GetValueType;

    /// <summary>void (OrtValue* value)</summary>
    [FieldOffset(96 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseValue;

    /// <summary>(const OrtTypeInfo* type_info, const OrtTensorTypeAndShapeInfo** out): null when it is no tensor; the type info stays the owner</summary>
    [FieldOffset(55 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, OrtStatus*> CastTypeInfoToTensorInfo;

    /// <summary>(const OrtTypeInfo* type_info, ONNXType* out)</summary>
    [FieldOffset(56 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int*, OrtStatus*> GetOnnxTypeFromTypeInfo;

    /// <summary>void (OrtTypeInfo* type_info)</summary>
    [FieldOffset(98 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseTypeInfo;

    /// <summary>(const OrtTensorTypeAndShapeInfo* info, ONNXTensorElementDataType* out)</summary>
    [FieldOffset(60 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int*, OrtStatus*> GetTensorElementType;

    /// <summary>(const OrtTensorTypeAndShapeInfo* info, size_t* out)</summary>
    [FieldOffset(61 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, OrtStatus*> GetDimensionsCount;

    /// <summary>(const OrtTensorTypeAndShapeInfo* info, int64_t* values, size_t count)</summary>
    [FieldOffset(62 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, long*, nuint, OrtStatus*> GetDimensions;

    /// <summary>(const OrtTensorTypeAndShapeInfo* info, const char* names[], size_t count): text that the info owns</summary>
    [FieldOffset(63 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte**, nuint, OrtStatus*> GetSymbolicDimensions;

    /// <summary>(const OrtTensorTypeAndShapeInfo* info, size_t* out)</summary>
    [FieldOffset(64 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, OrtStatus*> GetTensorShapeElementCount;

    /// <summary>void (OrtTensorTypeAndShapeInfo* info)</summary>
    [FieldOffset(99 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseTensorTypeAndShapeInfo;

    /// <summary>(const char* name, OrtAllocatorType type, int id, OrtMemType mem_type, OrtMemoryInfo** out)</summary>
    [FieldOffset(68 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<byte*, int, int, int, nint*, OrtStatus*> CreateMemoryInfo;

    /// <summary>(OrtAllocatorType type, OrtMemType mem_type, OrtMemoryInfo** out)</summary>
    [FieldOffset(69 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<int, int, nint*, OrtStatus*> CreateCpuMemoryInfo;

    /// <summary>(const OrtMemoryInfo* info, const char** out): text that the info owns</summary>
    [FieldOffset(71 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, byte**, OrtStatus*> MemoryInfoGetName;

    /// <summary>(const OrtMemoryInfo* info, int* out)</summary>
    [FieldOffset(72 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int*, OrtStatus*> MemoryInfoGetId;

    /// <summary>(const OrtMemoryInfo* info, OrtMemType* out)</summary>
    [FieldOffset(73 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int*, OrtStatus*> MemoryInfoGetMemType;

    /// <summary>(const OrtMemoryInfo* info, OrtAllocatorType* out)</summary>
    [FieldOffset(74 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, int*, OrtStatus*> MemoryInfoGetType;

    /// <summary>void (OrtMemoryInfo* info)</summary>
    [FieldOffset(94 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseMemoryInfo;

    /// <summary>(OrtAllocator* allocator, void* p)</summary>
    [FieldOffset(76 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, void*, OrtStatus*> AllocatorFree;

    /// <summary>(const OrtAllocator* allocator, const OrtMemoryInfo** out): the allocator stays the owner</summary>
    [FieldOffset(77 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, OrtStatus*> AllocatorGetInfo;

    /// <summary>(OrtAllocator** out): a singleton that is never released</summary>
    [FieldOffset(78 * Slot)]
    public readonly delegate* unmanaged[Cdecl]<nint*, OrtStatus*> GetAllocatorWithDefaultOptions;
}
