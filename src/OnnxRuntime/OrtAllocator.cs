using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// ONNX Runtime's CPU allocator, for values whose memory ONNX Runtime shall own.
/// </summary>
/// <remarks>Threading: any thread, any number at once. The one instance is a native singleton that nothing releases.</remarks>
public sealed unsafe class OrtAllocator : SafeHandle
{
    private static readonly Lazy<OrtAllocator> Default = new(GetDefault, LazyThreadSafetyMode.PublicationOnly);

    private OrtAllocator(nint allocator)
        : base(0, ownsHandle: false) => SetHandle(allocator);

    /// <summary>The CPU allocator.</summary>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public static OrtAllocator DefaultInstance => Default.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The memory it gives. The allocator goes on owning the native description.</summary>
    public OrtMemoryInfo Info
    {
        get
        {
            nint info;
            NativeStatus.Check(OrtLibrary.Api->AllocatorGetInfo(handle, &info));
            return new OrtMemoryInfo(info, owned: false);
        }
    }

    /// <summary>The native allocator, for calls that allocate what they return.</summary>
    internal nint Pointer => handle;

    /// <summary>Copies text that a call allocated with this allocator, and frees it; null gives an empty string.</summary>
    internal string TakeText(byte* text)
    {
        try
        {
            return NativeText.FromUtf8(text);
        }
        finally
        {
            Free(text);
        }
    }

    /// <summary>Frees what a call allocated with this allocator; null is allowed.</summary>
    internal void Free(void* memory) => NativeStatus.Check(OrtLibrary.Api->AllocatorFree(handle, memory));

    /// <summary>Nothing to release: the native allocator lives as long as the library.</summary>
    protected override bool ReleaseHandle() => true;

    private static OrtAllocator GetDefault()
    {
        nint allocator;
        NativeStatus.Check(OrtLibrary.Api->GetAllocatorWithDefaultOptions(&allocator));
        return new OrtAllocator(allocator);
    }
}
