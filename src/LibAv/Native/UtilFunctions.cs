using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libavutil, with the names and parameters of the C headers.</summary>
internal static unsafe partial class UtilFunctions
{
    private const string Library = "avutil";

    [LibraryImport(Library)]
    public static partial byte* av_version_info();

    [LibraryImport(Library)]
    public static partial int av_strerror(int errnum, byte* errbuf, nuint errbuf_size);

    [LibraryImport(Library)]
    public static partial void av_free(void* ptr);

    [LibraryImport(Library)]
    public static partial void* av_mallocz(nuint size);

    [LibraryImport(Library)]
    public static partial byte* av_strdup(byte* s);

    [LibraryImport(Library)]
    public static partial int av_dict_set(void** pm, byte* key, byte* value, int flags);

    [LibraryImport(Library)]
    public static partial AVDictionaryEntry* av_dict_get(void* m, byte* key, AVDictionaryEntry* prev, int flags);

    [LibraryImport(Library)]
    public static partial void av_dict_free(void** m);

    [LibraryImport(Library)]
    public static partial AVFrame* av_frame_alloc();

    [LibraryImport(Library)]
    public static partial void av_frame_free(AVFrame** frame);

    [LibraryImport(Library)]
    public static partial int av_frame_ref(AVFrame* dst, AVFrame* src);

    [LibraryImport(Library)]
    public static partial void av_frame_unref(AVFrame* frame);

    [LibraryImport(Library)]
    public static partial void av_frame_move_ref(AVFrame* dst, AVFrame* src);

    [LibraryImport(Library)]
    public static partial int av_frame_get_buffer(AVFrame* frame, int align);

    [LibraryImport(Library)]
    public static partial int av_frame_is_writable(AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int av_frame_make_writable(AVFrame* frame);

    [LibraryImport(Library)]
    public static partial int av_frame_copy(AVFrame* dst, AVFrame* src);

    [LibraryImport(Library)]
    public static partial int av_frame_copy_props(AVFrame* dst, AVFrame* src);

    [LibraryImport(Library)]
    public static partial int av_get_pix_fmt(byte* name);

    [LibraryImport(Library)]
    public static partial byte* av_get_pix_fmt_name(int pix_fmt);

    [LibraryImport(Library)]
    public static partial int av_pix_fmt_count_planes(int pix_fmt);

    [LibraryImport(Library)]
    public static partial int av_pix_fmt_get_chroma_sub_sample(int pix_fmt, int* h_shift, int* v_shift);

    [LibraryImport(Library)]
    public static partial int av_image_get_linesize(int pix_fmt, int width, int plane);

    [LibraryImport(Library)]
    public static partial byte* av_get_sample_fmt_name(int sample_fmt);

    [LibraryImport(Library)]
    public static partial int av_get_bytes_per_sample(int sample_fmt);

    [LibraryImport(Library)]
    public static partial int av_sample_fmt_is_planar(int sample_fmt);

    [LibraryImport(Library)]
    public static partial void av_channel_layout_default(AVChannelLayout* ch_layout, int nb_channels);

    [LibraryImport(Library)]
    public static partial void av_channel_layout_uninit(AVChannelLayout* channel_layout);

    [LibraryImport(Library)]
    public static partial int av_channel_layout_describe(AVChannelLayout* channel_layout, byte* buf, nuint buf_size);

    [LibraryImport(Library)]
    public static partial void* av_audio_fifo_alloc(int sample_fmt, int channels, int nb_samples);

    [LibraryImport(Library)]
    public static partial void av_audio_fifo_free(void* af);

    [LibraryImport(Library)]
    public static partial int av_audio_fifo_write(void* af, void** data, int nb_samples);

    [LibraryImport(Library)]
    public static partial int av_audio_fifo_read(void* af, void** data, int nb_samples);

    [LibraryImport(Library)]
    public static partial int av_audio_fifo_size(void* af);

    [LibraryImport(Library)]
    public static partial int av_opt_set(void* obj, byte* name, byte* val, int search_flags);

    [LibraryImport(Library)]
    public static partial void av_log_set_level(int level);

    [LibraryImport(Library)]
    public static partial void av_log_set_callback(delegate* unmanaged[Cdecl]<void*, int, byte*, void*, void> callback);

    [LibraryImport(Library)]
    public static partial int av_log_format_line2(void* ptr, int level, byte* fmt, void* vl, byte* line, int line_size, int* print_prefix);
}
