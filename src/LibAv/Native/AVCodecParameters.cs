namespace VisionStream.LibAv.Native;

/// <summary>How a stream is coded. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVCodecParameters
{
    public ref int codec_type => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_codec_type);
    public ref int codec_id => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_codec_id);
    public ref uint codec_tag => ref Layout.Field<uint, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_codec_tag);

    public byte* extradata
    {
        get => (byte*)Layout.Field<nint, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_extradata);
        set => Layout.Field<nint, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_extradata) = (nint)value;
    }

    public ref int extradata_size => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_extradata_size);
    public ref int format => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_format);
    public ref long bit_rate => ref Layout.Field<long, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_bit_rate);
    public ref int profile => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_profile);
    public ref int level => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_level);
    public ref int width => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_width);
    public ref int height => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_height);
    public ref AVRational sample_aspect_ratio => ref Layout.Field<AVRational, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_sample_aspect_ratio);
    public ref int color_range => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_color_range);
    public ref int color_space => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_color_space);
    public ref int video_delay => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_video_delay);

    /// <summary>Address of the field, which is part of the struct.</summary>
    public AVChannelLayout* ch_layout => (AVChannelLayout*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref Layout.Field<byte, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_ch_layout));
    public ref int sample_rate => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_sample_rate);
    public ref int frame_size => ref Layout.Field<int, AVCodecParameters>(ref this, Layout.Current.AVCodecParameters_frame_size);
}
