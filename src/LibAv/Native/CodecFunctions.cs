using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libavcodec, with the names and parameters of the C headers.</summary>
internal static unsafe partial class CodecFunctions
{
    private const string Library = "avcodec";

    [LibraryImport(Library)]
    public static partial byte* avcodec_get_name(int id);

    [LibraryImport(Library)]
    public static partial AVCodec* avcodec_find_decoder(int id);

    [LibraryImport(Library)]
    public static partial AVCodec* avcodec_find_decoder_by_name(byte* name);

    [LibraryImport(Library)]
    public static partial AVCodec* avcodec_find_encoder_by_name(byte* name);

    [LibraryImport(Library)]
    public static partial AVCodecContext* avcodec_alloc_context3(AVCodec* codec);

    [LibraryImport(Library)]
    public static partial void avcodec_free_context(AVCodecContext** avctx);

    [LibraryImport(Library)]
    public static partial int avcodec_open2(AVCodecContext* avctx, AVCodec* codec, void** options);

    [LibraryImport(Library)]
    public static partial AVCodecParameters* avcodec_parameters_alloc();

    [LibraryImport(Library)]
    public static partial void avcodec_parameters_free(AVCodecParameters** par);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_copy(AVCodecParameters* dst, AVCodecParameters* src);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_to_context(AVCodecContext* codec, AVCodecParameters* par);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_from_context(AVCodecParameters* par, AVCodecContext* codec);

    [LibraryImport(Library)]
    public static partial int avcodec_send_packet(AVCodecContext* avctx, AVPacket* avpkt);

    [LibraryImport(Library)]
    public static partial int avcodec_receive_frame(AVCodecContext* avctx, AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int avcodec_send_frame(AVCodecContext* avctx, AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int avcodec_receive_packet(AVCodecContext* avctx, AVPacket* avpkt);

    [LibraryImport(Library)]
    public static partial void avcodec_flush_buffers(AVCodecContext* avctx);

    /// <summary>Only in libavcodec 61.13 (FFmpeg 7.1) and newer; before it the lists hang on <see cref="AVCodec"/>.</summary>
    [LibraryImport(Library)]
    public static partial int avcodec_get_supported_config(AVCodecContext* avctx, AVCodec* codec, int config, uint flags, void** out_configs, int* out_num_configs);

    [LibraryImport(Library)]
    public static partial AVPacket* av_packet_alloc();

    [LibraryImport(Library)]
    public static partial void av_packet_free(AVPacket** pkt);

    [LibraryImport(Library)]
    public static partial int av_packet_ref(AVPacket* dst, AVPacket* src);

    [LibraryImport(Library)]
    public static partial void av_packet_unref(AVPacket* pkt);

    [LibraryImport(Library)]
    public static partial int av_new_packet(AVPacket* pkt, int size);

    [LibraryImport(Library)]
    public static partial int av_packet_make_writable(AVPacket* pkt);

    [LibraryImport(Library)]
    public static partial void av_packet_rescale_ts(AVPacket* pkt, AVRational tb_src, AVRational tb_dst);

    [LibraryImport(Library)]
    public static partial byte* av_packet_get_side_data(AVPacket* pkt, int type, nuint* size);
}
