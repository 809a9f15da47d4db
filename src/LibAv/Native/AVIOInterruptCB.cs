using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Asked by libavformat while it waits; a value other than 0 ends the wait.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVIOInterruptCB
{
    public delegate* unmanaged[Cdecl]<void*, int> callback;
    public void* opaque;
}
