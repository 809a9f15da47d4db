using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Wall clock of the sender, microseconds since 1970 (packet side data).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AVProducerReferenceTime
{
    public long wallclock;
    public int flags;
}
