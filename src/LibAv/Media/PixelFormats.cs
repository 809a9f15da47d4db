using System.Collections.Concurrent;
using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>Our pixel formats and libav's numbers, by name. Thread safe; a format is looked up once.</summary>
internal static unsafe class PixelFormats
{
    private static readonly ConcurrentDictionary<int, PixelLayout> Layouts = new();
    private static readonly Lazy<Dictionary<PixelFormat, int>> Natives = new(() => Enum.GetValues<PixelFormat>()
        .Where(format => format is not (PixelFormat.None or PixelFormat.Other))
        .ToDictionary(format => format, format => Find(NameOf(format))));

    /// <summary>What is known of a native number.</summary>
    public static PixelLayout Of(int native)
    {
        return Layouts.TryGetValue(native, out var layout) ? layout : Layouts.GetOrAdd(native, Describe);
    }

    /// <summary>The native number of one of our formats.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is None or Other, or this FFmpeg lacks it.</exception>
    public static int ToNative(PixelFormat format)
    {
        return Natives.Value.TryGetValue(format, out var native) && native != AV_PIX_FMT_NONE
            ? native
            : throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such pixel format in this FFmpeg.");
    }

    /// <summary>Whether the format is full range by definition.</summary>
    public static bool IsJpeg(PixelFormat format)
    {
        return format is PixelFormat.Yuvj420P or PixelFormat.Yuvj422P or PixelFormat.Yuvj444P or PixelFormat.Yuvj440P;
    }

    /// <summary>Whether the components are red, green and blue.</summary>
    public static bool IsRgb(PixelFormat format)
    {
        return format is PixelFormat.Rgb24 or PixelFormat.Bgr24 or PixelFormat.Rgba or PixelFormat.Bgra or PixelFormat.Rgb0 or PixelFormat.Bgr0 or PixelFormat.Gbrp;
    }

    private static PixelLayout Describe(int native)
    {
        if (native == AV_PIX_FMT_NONE)
        {
            return new PixelLayout(native, PixelFormat.None, "none", 0, 0, 0);
        }

        var format = PixelFormat.Other;
        foreach (var (ours, theirs) in Natives.Value)
        {
            format = theirs == native ? ours : format;
        }

        int shiftX, shiftY;
        // Fails for hardware surfaces only; they have no planes to walk.
        var known = UtilFunctions.av_pix_fmt_get_chroma_sub_sample(native, &shiftX, &shiftY) >= 0;
        return known
            ? new PixelLayout(native, format, NativeText.Read(UtilFunctions.av_get_pix_fmt_name(native)), Math.Max(0, UtilFunctions.av_pix_fmt_count_planes(native)), shiftX, shiftY)
            : new PixelLayout(native, format, NativeText.Read(UtilFunctions.av_get_pix_fmt_name(native)), 0, 0, 0);
    }

    private static string NameOf(PixelFormat format)
    {
        return format.ToString().ToLowerInvariant();
    }

    private static int Find(string name)
    {
        using var text = new NativeText(name);
        return UtilFunctions.av_get_pix_fmt(text.Pointer);
    }
}
