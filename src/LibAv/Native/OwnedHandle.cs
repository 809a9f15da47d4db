using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>
/// A native object that exactly one managed object owns. Released by Dispose, or by the finaliser if the owner forgot.
/// Not thread safe beyond that: the owner says who may use it.
/// </summary>
internal abstract unsafe class OwnedHandle : SafeHandle
{
    protected OwnedHandle(void* pointer)
        : base(0, ownsHandle: true)
    {
        SetHandle((nint)pointer);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The native pointer.</summary>
    /// <exception cref="ObjectDisposedException">It has been released.</exception>
    public void* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (void*)handle;
        }
    }

    /// <inheritdoc/>
    protected sealed override bool ReleaseHandle()
    {
        Release((void*)handle);
        return true;
    }

    /// <summary>Frees the native object; runs once, possibly on the finaliser's thread, and must not throw.</summary>
    protected abstract void Release(void* pointer);
}
