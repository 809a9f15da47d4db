namespace VisionStream.LibAv.Native;

/// <summary>A demuxer's description. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVInputFormat
{
    public byte* name
    {
        get => (byte*)Layout.Field<nint, AVInputFormat>(ref this, Layout.Current.AVInputFormat_name);
        set => Layout.Field<nint, AVInputFormat>(ref this, Layout.Current.AVInputFormat_name) = (nint)value;
    }

    public ref int flags => ref Layout.Field<int, AVInputFormat>(ref this, Layout.Current.AVInputFormat_flags);
}
