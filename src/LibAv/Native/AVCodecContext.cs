namespace VisionStream.LibAv.Native;

/// <summary>An opened decoder or encoder. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVCodecContext
{
    public ref int codec_id => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_codec_id);
    public ref uint codec_tag => ref Layout.Field<uint, AVCodecContext>(ref this, Layout.Current.AVCodecContext_codec_tag);
    public ref long bit_rate => ref Layout.Field<long, AVCodecContext>(ref this, Layout.Current.AVCodecContext_bit_rate);
    public ref int flags => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_flags);

    public byte* extradata
    {
        get => (byte*)Layout.Field<nint, AVCodecContext>(ref this, Layout.Current.AVCodecContext_extradata);
        set => Layout.Field<nint, AVCodecContext>(ref this, Layout.Current.AVCodecContext_extradata) = (nint)value;
    }

    public ref int extradata_size => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_extradata_size);
    public ref AVRational time_base => ref Layout.Field<AVRational, AVCodecContext>(ref this, Layout.Current.AVCodecContext_time_base);
    public ref AVRational framerate => ref Layout.Field<AVRational, AVCodecContext>(ref this, Layout.Current.AVCodecContext_framerate);
    public ref AVRational pkt_timebase => ref Layout.Field<AVRational, AVCodecContext>(ref this, Layout.Current.AVCodecContext_pkt_timebase);
    public ref int width => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_width);
    public ref int height => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_height);
    public ref int gop_size => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_gop_size);
    public ref int pix_fmt => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_pix_fmt);
    public ref int max_b_frames => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_max_b_frames);
    public ref int has_b_frames => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_has_b_frames);
    public ref AVRational sample_aspect_ratio => ref Layout.Field<AVRational, AVCodecContext>(ref this, Layout.Current.AVCodecContext_sample_aspect_ratio);
    public ref int colorspace => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_colorspace);
    public ref int color_range => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_color_range);
    public ref int sample_rate => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_sample_rate);
    public ref int sample_fmt => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_sample_fmt);
    public ref int frame_size => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_frame_size);

    /// <summary>Address of the field, which is part of the struct.</summary>
    public AVChannelLayout* ch_layout => (AVChannelLayout*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref Layout.Field<byte, AVCodecContext>(ref this, Layout.Current.AVCodecContext_ch_layout));
    public ref int rc_buffer_size => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_rc_buffer_size);
    public ref long rc_max_rate => ref Layout.Field<long, AVCodecContext>(ref this, Layout.Current.AVCodecContext_rc_max_rate);
    public ref int thread_count => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_thread_count);
    public ref int thread_type => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_thread_type);

    public AVBufferRef* hw_frames_ctx
    {
        get => (AVBufferRef*)Layout.Field<nint, AVCodecContext>(ref this, Layout.Current.AVCodecContext_hw_frames_ctx);
        set => Layout.Field<nint, AVCodecContext>(ref this, Layout.Current.AVCodecContext_hw_frames_ctx) = (nint)value;
    }

    public ref int skip_frame => ref Layout.Field<int, AVCodecContext>(ref this, Layout.Current.AVCodecContext_skip_frame);
}
