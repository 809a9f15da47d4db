using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>A zero-terminated UTF-8 copy of a string for the length of a call; null stays null. Dispose frees it.</summary>
internal readonly unsafe ref struct NativeText(string? text)
{
    /// <summary>The copy.</summary>
    public byte* Pointer { get; } = (byte*)Marshal.StringToCoTaskMemUTF8(text);

    /// <summary>The managed copy of a native text; empty where there is none.</summary>
    public static string Read(byte* text)
    {
        return Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        Marshal.FreeCoTaskMem((nint)Pointer);
    }
}
