namespace VisionStream.LibAv.Native;

/// <summary>The capture devices that a device demuxer sees. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVDeviceInfoList
{
    public AVDeviceInfo** devices
    {
        get => (AVDeviceInfo**)Layout.Field<nint, AVDeviceInfoList>(ref this, Layout.Current.AVDeviceInfoList_devices);
        set => Layout.Field<nint, AVDeviceInfoList>(ref this, Layout.Current.AVDeviceInfoList_devices) = (nint)value;
    }

    public ref int nb_devices => ref Layout.Field<int, AVDeviceInfoList>(ref this, Layout.Current.AVDeviceInfoList_nb_devices);
}
