namespace VisionStream.LibAv.Native;

/// <summary>A decoded picture or a run of samples. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVFrame
{
    /// <summary>Address of the field, which is part of the struct.</summary>
    public nint* data => (nint*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref Layout.Field<byte, AVFrame>(ref this, Layout.Current.AVFrame_data));

    /// <summary>Address of the field, which is part of the struct.</summary>
    public int* linesize => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref Layout.Field<byte, AVFrame>(ref this, Layout.Current.AVFrame_linesize));

    public byte** extended_data
    {
        get => (byte**)Layout.Field<nint, AVFrame>(ref this, Layout.Current.AVFrame_extended_data);
        set => Layout.Field<nint, AVFrame>(ref this, Layout.Current.AVFrame_extended_data) = (nint)value;
    }

    public ref int width => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_width);
    public ref int height => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_height);
    public ref int nb_samples => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_nb_samples);
    public ref int format => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_format);
    public ref int key_frame => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_key_frame);
    public ref int pict_type => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_pict_type);
    public ref AVRational sample_aspect_ratio => ref Layout.Field<AVRational, AVFrame>(ref this, Layout.Current.AVFrame_sample_aspect_ratio);
    public ref long pts => ref Layout.Field<long, AVFrame>(ref this, Layout.Current.AVFrame_pts);
    public ref AVRational time_base => ref Layout.Field<AVRational, AVFrame>(ref this, Layout.Current.AVFrame_time_base);
    public ref int sample_rate => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_sample_rate);
    public ref int flags => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_flags);
    public ref int color_range => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_color_range);
    public ref int colorspace => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_colorspace);
    public ref long best_effort_timestamp => ref Layout.Field<long, AVFrame>(ref this, Layout.Current.AVFrame_best_effort_timestamp);
    public ref int decode_error_flags => ref Layout.Field<int, AVFrame>(ref this, Layout.Current.AVFrame_decode_error_flags);

    /// <summary>Address of the field, which is part of the struct.</summary>
    public AVChannelLayout* ch_layout => (AVChannelLayout*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref Layout.Field<byte, AVFrame>(ref this, Layout.Current.AVFrame_ch_layout));
}
