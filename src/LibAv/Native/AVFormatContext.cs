namespace VisionStream.LibAv.Native;

/// <summary>A demuxer or muxer. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVFormatContext
{
    public AVInputFormat* iformat
    {
        get => (AVInputFormat*)Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_iformat);
        set => Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_iformat) = (nint)value;
    }

    public AVOutputFormat* oformat
    {
        get => (AVOutputFormat*)Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_oformat);
        set => Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_oformat) = (nint)value;
    }

    public void* pb
    {
        get => (void*)Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_pb);
        set => Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_pb) = (nint)value;
    }

    public ref uint nb_streams => ref Layout.Field<uint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_nb_streams);

    public AVStream** streams
    {
        get => (AVStream**)Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_streams);
        set => Layout.Field<nint, AVFormatContext>(ref this, Layout.Current.AVFormatContext_streams) = (nint)value;
    }

    public ref long start_time => ref Layout.Field<long, AVFormatContext>(ref this, Layout.Current.AVFormatContext_start_time);
    public ref long duration => ref Layout.Field<long, AVFormatContext>(ref this, Layout.Current.AVFormatContext_duration);
    public ref long bit_rate => ref Layout.Field<long, AVFormatContext>(ref this, Layout.Current.AVFormatContext_bit_rate);
    public ref int flags => ref Layout.Field<int, AVFormatContext>(ref this, Layout.Current.AVFormatContext_flags);
    public ref AVIOInterruptCB interrupt_callback => ref Layout.Field<AVIOInterruptCB, AVFormatContext>(ref this, Layout.Current.AVFormatContext_interrupt_callback);
}
