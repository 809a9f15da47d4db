namespace Microsoft.ML.OnnxRuntime;

/// <summary>Kind of an allocator.</summary>
public enum OrtAllocatorType
{
    /// <summary>The device's own allocator.</summary>
    DeviceAllocator = 0,

    /// <summary>An arena that keeps freed memory for the next use.</summary>
    ArenaAllocator = 1,
}
