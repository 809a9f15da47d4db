using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libswresample, with the names and parameters of the C headers.</summary>
internal static unsafe partial class ResampleFunctions
{
    private const string Library = "swresample";

    [LibraryImport(Library)]
    public static partial int swr_alloc_set_opts2(
        void** ps, AVChannelLayout* out_ch_layout, int out_sample_fmt, int out_sample_rate, AVChannelLayout* in_ch_layout, int in_sample_fmt, int in_sample_rate, int log_offset, void* log_ctx);

    [LibraryImport(Library)]
    public static partial int swr_init(void* s);

    [LibraryImport(Library)]
    public static partial void swr_free(void** s);

    [LibraryImport(Library)]
    public static partial long swr_get_delay(void* s, long @base);

    [LibraryImport(Library)]
    public static partial int swr_get_out_samples(void* s, int in_samples);

    [LibraryImport(Library)]
    public static partial int swr_convert(void* s, byte** @out, int out_count, byte** @in, int in_count);
}
