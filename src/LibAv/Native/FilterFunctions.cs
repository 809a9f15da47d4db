using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libavfilter, with the names and parameters of the C headers.</summary>
internal static unsafe partial class FilterFunctions
{
    private const string Library = "avfilter";

    [LibraryImport(Library)]
    public static partial void* avfilter_get_by_name(byte* name);

    [LibraryImport(Library)]
    public static partial void* avfilter_graph_alloc();

    [LibraryImport(Library)]
    public static partial void avfilter_graph_free(void** graph);

    [LibraryImport(Library)]
    public static partial int avfilter_graph_create_filter(void** filt_ctx, void* filt, byte* name, byte* args, void* opaque, void* graph_ctx);

    [LibraryImport(Library)]
    public static partial AVFilterInOut* avfilter_inout_alloc();

    [LibraryImport(Library)]
    public static partial void avfilter_inout_free(AVFilterInOut** inout);

    [LibraryImport(Library)]
    public static partial int avfilter_graph_parse_ptr(void* graph, byte* filters, AVFilterInOut** inputs, AVFilterInOut** outputs, void* log_ctx);

    [LibraryImport(Library)]
    public static partial int avfilter_graph_config(void* graphctx, void* log_ctx);

    [LibraryImport(Library)]
    public static partial int av_buffersrc_add_frame_flags(void* buffer_src, AVFrame* frame, int flags);

    [LibraryImport(Library)]
    public static partial int av_buffersink_get_frame(void* ctx, AVFrame* frame);

    [LibraryImport(Library)]
    public static partial AVRational av_buffersink_get_time_base(void* ctx);

    [LibraryImport(Library)]
    public static partial AVRational av_buffersink_get_frame_rate(void* ctx);
}
