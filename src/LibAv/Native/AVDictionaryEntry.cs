using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>One option of an AVDictionary.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVDictionaryEntry
{
    public byte* key;
    public byte* value;
}
