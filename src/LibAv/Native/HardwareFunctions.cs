using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libavutil for devices that keep pictures in memory of their own, with the names and parameters of the C headers.</summary>
internal static unsafe partial class HardwareFunctions
{
    private const string Library = "avutil";

    [LibraryImport(Library)]
    public static partial int av_hwdevice_find_type_by_name(byte* name);

    [LibraryImport(Library)]
    public static partial int av_hwdevice_ctx_create(AVBufferRef** device_ctx, int type, byte* device, void* opts, int flags);

    [LibraryImport(Library)]
    public static partial AVBufferRef* av_hwframe_ctx_alloc(AVBufferRef* device_ctx);

    [LibraryImport(Library)]
    public static partial int av_hwframe_ctx_init(AVBufferRef* @ref);

    [LibraryImport(Library)]
    public static partial int av_hwframe_get_buffer(AVBufferRef* hwframe_ctx, AVFrame* frame, int flags);

    [LibraryImport(Library)]
    public static partial int av_hwframe_transfer_data(AVFrame* dst, AVFrame* src, int flags);

    [LibraryImport(Library)]
    public static partial AVBufferRef* av_buffer_ref(AVBufferRef* buf);

    [LibraryImport(Library)]
    public static partial void av_buffer_unref(AVBufferRef** buf);
}
