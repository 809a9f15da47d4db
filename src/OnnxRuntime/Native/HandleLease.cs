using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

/// <summary>
/// Keeps a native object alive while a call uses it: <c>using var lease = new HandleLease(handle)</c>. An object that is disposed
/// meanwhile, by whichever thread, is released when its last lease ends. Allocates nothing.
/// </summary>
internal readonly ref struct HandleLease
{
    private readonly SafeHandle? _handle;

    /// <summary>Takes the lease.</summary>
    /// <param name="handle">The owner; null gives a lease of the null pointer, for optional arguments.</param>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    internal HandleLease(SafeHandle? handle)
    {
        var taken = false;
        handle?.DangerousAddRef(ref taken);
        _handle = handle;
    }

    /// <summary>The native object; valid until this lease is disposed.</summary>
    internal nint Pointer => _handle?.DangerousGetHandle() ?? 0;

    /// <summary>Ends the lease.</summary>
    public void Dispose() => _handle?.DangerousRelease();
}
