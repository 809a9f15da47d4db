using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libavformat, with the names and parameters of the C headers.</summary>
internal static unsafe partial class FormatFunctions
{
    private const string Library = "avformat";

    [LibraryImport(Library)]
    public static partial int avformat_network_init();

    [LibraryImport(Library)]
    public static partial AVFormatContext* avformat_alloc_context();

    [LibraryImport(Library)]
    public static partial void avformat_free_context(AVFormatContext* s);

    [LibraryImport(Library)]
    public static partial AVInputFormat* av_find_input_format(byte* short_name);

    [LibraryImport(Library)]
    public static partial int avformat_open_input(AVFormatContext** ps, byte* url, AVInputFormat* fmt, void** options);

    [LibraryImport(Library)]
    public static partial int avformat_find_stream_info(AVFormatContext* ic, void** options);

    [LibraryImport(Library)]
    public static partial void avformat_close_input(AVFormatContext** s);

    [LibraryImport(Library)]
    public static partial int av_read_frame(AVFormatContext* s, AVPacket* pkt);

    [LibraryImport(Library)]
    public static partial int avformat_seek_file(AVFormatContext* s, int stream_index, long min_ts, long ts, long max_ts, int flags);

    [LibraryImport(Library)]
    public static partial int avformat_alloc_output_context2(AVFormatContext** ctx, void* oformat, byte* format_name, byte* filename);

    [LibraryImport(Library)]
    public static partial AVStream* avformat_new_stream(AVFormatContext* s, AVCodec* c);

    [LibraryImport(Library)]
    public static partial int avformat_write_header(AVFormatContext* s, void** options);

    [LibraryImport(Library)]
    public static partial int av_write_frame(AVFormatContext* s, AVPacket* pkt);

    [LibraryImport(Library)]
    public static partial int av_interleaved_write_frame(AVFormatContext* s, AVPacket* pkt);

    [LibraryImport(Library)]
    public static partial int av_write_trailer(AVFormatContext* s);

    [LibraryImport(Library)]
    public static partial int avio_open2(void** s, byte* url, int flags, AVIOInterruptCB* int_cb, void** options);

    [LibraryImport(Library)]
    public static partial int avio_closep(void** s);
}
