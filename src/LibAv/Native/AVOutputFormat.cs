namespace VisionStream.LibAv.Native;

/// <summary>A muxer's description. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVOutputFormat
{
    public byte* name
    {
        get => (byte*)Layout.Field<nint, AVOutputFormat>(ref this, Layout.Current.AVOutputFormat_name);
        set => Layout.Field<nint, AVOutputFormat>(ref this, Layout.Current.AVOutputFormat_name) = (nint)value;
    }

    public ref int flags => ref Layout.Field<int, AVOutputFormat>(ref this, Layout.Current.AVOutputFormat_flags);
}
