namespace VisionStream.LibAv.Native;

/// <summary>One capture device. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVDeviceInfo
{
    public byte* device_name
    {
        get => (byte*)Layout.Field<nint, AVDeviceInfo>(ref this, Layout.Current.AVDeviceInfo_device_name);
        set => Layout.Field<nint, AVDeviceInfo>(ref this, Layout.Current.AVDeviceInfo_device_name) = (nint)value;
    }

    public byte* device_description
    {
        get => (byte*)Layout.Field<nint, AVDeviceInfo>(ref this, Layout.Current.AVDeviceInfo_device_description);
        set => Layout.Field<nint, AVDeviceInfo>(ref this, Layout.Current.AVDeviceInfo_device_description) = (nint)value;
    }
}
