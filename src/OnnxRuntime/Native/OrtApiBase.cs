using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

/// <summary>The two functions that <c>OrtGetApiBase</c> gives away; their order has been the same in every release.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct OrtApiBase
{
    /// <summary><c>const OrtApi* GetApi(uint32_t version)</c>: null when the library is older than that version of the table.</summary>
    public readonly delegate* unmanaged[Cdecl]<uint, OrtApi*> GetApi;

    /// <summary><c>const char* GetVersionString()</c>: static text such as "1.30.0".</summary>
    public readonly delegate* unmanaged[Cdecl]<byte*> GetVersionString;
}
