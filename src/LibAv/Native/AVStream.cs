namespace VisionStream.LibAv.Native;

/// <summary>One stream of a container. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVStream
{
    public ref int index => ref Layout.Field<int, AVStream>(ref this, Layout.Current.AVStream_index);

    public AVCodecParameters* codecpar
    {
        get => (AVCodecParameters*)Layout.Field<nint, AVStream>(ref this, Layout.Current.AVStream_codecpar);
        set => Layout.Field<nint, AVStream>(ref this, Layout.Current.AVStream_codecpar) = (nint)value;
    }

    public ref AVRational time_base => ref Layout.Field<AVRational, AVStream>(ref this, Layout.Current.AVStream_time_base);
    public ref long start_time => ref Layout.Field<long, AVStream>(ref this, Layout.Current.AVStream_start_time);
    public ref long duration => ref Layout.Field<long, AVStream>(ref this, Layout.Current.AVStream_duration);
    public ref long nb_frames => ref Layout.Field<long, AVStream>(ref this, Layout.Current.AVStream_nb_frames);
    public ref int disposition => ref Layout.Field<int, AVStream>(ref this, Layout.Current.AVStream_disposition);
    public ref int discard => ref Layout.Field<int, AVStream>(ref this, Layout.Current.AVStream_discard);
    public ref AVRational sample_aspect_ratio => ref Layout.Field<AVRational, AVStream>(ref this, Layout.Current.AVStream_sample_aspect_ratio);
    public ref AVRational avg_frame_rate => ref Layout.Field<AVRational, AVStream>(ref this, Layout.Current.AVStream_avg_frame_rate);
    public ref AVRational r_frame_rate => ref Layout.Field<AVRational, AVStream>(ref this, Layout.Current.AVStream_r_frame_rate);
}
