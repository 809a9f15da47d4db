using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// libav's log lines into an <see cref="ILogger"/>, for the whole process. Thread safe; lines come on whatever thread libav
/// runs on, its own included.
/// </summary>
/// <remarks>
/// Failures reach the caller as exceptions or results, so a line only explains and counts one step less than libav says:
/// fatal is Error, error is Warning, warning is Information, info is Debug, the rest Trace. Lines that differ in numbers only
/// come once in ten seconds, with a count of the others. Secrets in URLs are masked, and
/// those of all that is open wherever they stand.
/// </remarks>
public static unsafe class LibAvLog
{
    private static LibAvLogSink? _sink;

    /// <summary>Sends lines to a logger from now on, instead of to one attached before.</summary>
    public static void Attach(ILogger logger, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _ = LibAvLibraries.Load();
        Volatile.Write(ref _sink, new LibAvLogSink(logger, timeProvider ?? TimeProvider.System));
        UtilFunctions.av_log_set_callback(&OnLine);
    }

    /// <summary>Drops lines from now on; what libav counts as fatal was all that reached the terminal before.</summary>
    public static void Detach()
    {
        Volatile.Write(ref _sink, null);
    }

    /// <summary>What a level of libav means here.</summary>
    internal static LogLevel Map(int level)
    {
        return level switch
        {
            <= AV_LOG_FATAL => LogLevel.Error,
            <= AV_LOG_ERROR => LogLevel.Warning,
            <= AV_LOG_WARNING => LogLevel.Information,
            <= AV_LOG_INFO => LogLevel.Debug,
            _ => LogLevel.Trace,
        };
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLine(void* context, int level, byte* format, void* arguments)
    {
        try
        {
            // The upper bits carry a colour for terminals.
            Volatile.Read(ref _sink)?.Write(context, Map(level & 0xFF), level, format, arguments);
        }
        catch (Exception)
        {
            // Nothing may be thrown into C, and there is no other log to tell that this one failed.
        }
    }
}
