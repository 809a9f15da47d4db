using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>Lists cameras and microphones. Thread safe.</summary>
public static unsafe class InputDevices
{
    /// <summary>The devices that an input format (v4l2, alsa, pulse) sees; empty where it cannot list any.</summary>
    /// <exception cref="LibAvException">This FFmpeg has no such input format, or asking failed.</exception>
    public static IReadOnlyList<InputDevice> List(string inputFormat)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(inputFormat);
        LibAvLibraries.RegisterDevices();
        using var name = new NativeText(inputFormat);
        var format = FormatFunctions.av_find_input_format(name.Pointer);
        if (format is null)
        {
            throw new LibAvException($"This FFmpeg has no input format named {inputFormat}.", LibAvError.Unsupported);
        }

        AVDeviceInfoList* list = null;
        var status = DeviceFunctions.avdevice_list_input_sources(format, null, null, &list);
        try
        {
            // ENOSYS: the format has no devices to list; ENOENT and ENODEV: it has none at the moment.
            if (status is Averror.NotImplemented or Averror.NoEntry or Averror.NoDevice)
            {
                return [];
            }

            _ = Averror.Check(status, "Listing the devices of", inputFormat);
            var devices = new InputDevice[list->nb_devices];
            for (var i = 0; i < devices.Length; i++)
            {
                devices[i] = new InputDevice(NativeText.Read(list->devices[i]->device_name), NativeText.Read(list->devices[i]->device_description));
            }

            return devices;
        }
        finally
        {
            DeviceFunctions.avdevice_free_list_devices(&list);
        }
    }
}
