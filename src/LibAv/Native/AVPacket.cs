namespace VisionStream.LibAv.Native;

/// <summary>Coded data of one frame. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVPacket
{
    public ref long pts => ref Layout.Field<long, AVPacket>(ref this, Layout.Current.AVPacket_pts);
    public ref long dts => ref Layout.Field<long, AVPacket>(ref this, Layout.Current.AVPacket_dts);

    public byte* data
    {
        get => (byte*)Layout.Field<nint, AVPacket>(ref this, Layout.Current.AVPacket_data);
        set => Layout.Field<nint, AVPacket>(ref this, Layout.Current.AVPacket_data) = (nint)value;
    }

    public ref int size => ref Layout.Field<int, AVPacket>(ref this, Layout.Current.AVPacket_size);
    public ref int stream_index => ref Layout.Field<int, AVPacket>(ref this, Layout.Current.AVPacket_stream_index);
    public ref int flags => ref Layout.Field<int, AVPacket>(ref this, Layout.Current.AVPacket_flags);
    public ref long duration => ref Layout.Field<long, AVPacket>(ref this, Layout.Current.AVPacket_duration);
}
