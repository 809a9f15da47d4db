using System.Buffers;
using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// Owns a native value and the pin of the managed memory under it. Bindings and runs hold references, so the memory stays pinned until
/// nothing native can reach it any more.
/// </summary>
internal sealed unsafe class OrtValueHandle : SafeHandle
{
    private MemoryHandle _pin;

    /// <summary>Takes ownership of both.</summary>
    internal OrtValueHandle(nint value, MemoryHandle pin)
        : base(0, ownsHandle: true)
    {
        _pin = pin;
        SetHandle(value);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtLibrary.Api->ReleaseValue(handle);
        _pin.Dispose();
        return true;
    }
}
