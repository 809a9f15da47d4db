using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libavdevice, with the names and parameters of the C headers.</summary>
internal static unsafe partial class DeviceFunctions
{
    private const string Library = "avdevice";

    [LibraryImport(Library)]
    public static partial void avdevice_register_all();

    [LibraryImport(Library)]
    public static partial int avdevice_list_input_sources(AVInputFormat* device, byte* device_name, void* device_options, AVDeviceInfoList** device_list);

    [LibraryImport(Library)]
    public static partial void avdevice_free_list_devices(AVDeviceInfoList** device_list);
}
