using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Which loudspeaker each channel belongs to. Owned memory may hang on it: release with av_channel_layout_uninit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVChannelLayout
{
    public int order;
    public int nb_channels;
    public ulong u;
    public void* opaque;
}
