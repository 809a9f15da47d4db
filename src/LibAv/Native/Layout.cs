using System.Runtime.CompilerServices;

namespace VisionStream.LibAv.Native;

/// <summary>
/// The table of struct offsets in force. Written once, by the loader, before any native struct is touched; read by every thread.
/// </summary>
internal static unsafe class Layout
{
    private static StructLayout? _current;

    /// <summary>Offsets of the loaded FFmpeg.</summary>
    public static StructLayout Current => _current ?? throw new InvalidOperationException("FFmpeg's libraries are not loaded yet: call LibAvLibraries.Load first.");

    /// <summary>Puts a table in force; the loader calls it once.</summary>
    public static void Use(StructLayout layout)
    {
        Volatile.Write(ref _current, layout);
    }

    /// <summary>The field of type <typeparamref name="T"/> at a byte offset of a native struct, which lies in native memory and never moves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Field<T, TStruct>(scoped ref TStruct native, int offset)
        where T : unmanaged
        where TStruct : unmanaged
    {
        System.Diagnostics.Debug.Assert(offset >= 0, "this FFmpeg major has no such field");
        return ref *(T*)((byte*)Unsafe.AsPointer(ref native) + offset);
    }
}
