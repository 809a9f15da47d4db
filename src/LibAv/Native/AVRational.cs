using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>A fraction, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AVRational
{
    public int num;
    public int den;
}
