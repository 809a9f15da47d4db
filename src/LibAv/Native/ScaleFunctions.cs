using System.Runtime.InteropServices;

namespace VisionStream.LibAv.Native;

/// <summary>Functions of libswscale, with the names and parameters of the C headers.</summary>
internal static unsafe partial class ScaleFunctions
{
    private const string Library = "swscale";

    [LibraryImport(Library)]
    public static partial void* sws_getCachedContext(
        void* context, int srcW, int srcH, int srcFormat, int dstW, int dstH, int dstFormat, int flags, void* srcFilter, void* dstFilter, double* param);

    [LibraryImport(Library)]
    public static partial void sws_freeContext(void* swsContext);

    [LibraryImport(Library)]
    public static partial int* sws_getCoefficients(int colorspace);

    [LibraryImport(Library)]
    public static partial int sws_setColorspaceDetails(
        void* c, int* inv_table, int srcRange, int* table, int dstRange, int brightness, int contrast, int saturation);

    [LibraryImport(Library)]
    public static partial int sws_scale(void* c, nint* srcSlice, int* srcStride, int srcSliceY, int srcSliceH, nint* dst, int* dstStride);
}
