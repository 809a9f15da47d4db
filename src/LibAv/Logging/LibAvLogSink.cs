using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>Puts libav's pieces of text together to lines and hands them to a logger. Thread safe.</summary>
internal sealed unsafe class LibAvLogSink(ILogger logger, TimeProvider timeProvider)
{
    // libav's own buffer for a line (LINE_SZ in libavutil/log.c); longer ones are cut there too.
    private const int LineSize = 1024;

    // A line is cut here when no line end comes.
    private const int LongestLine = 4096;

    [ThreadStatic]
    private static StringBuilder? _pending;

    [ThreadStatic]
    private static int _printPrefix;

    private readonly RepeatFilter _repeats = new(timeProvider);

    /// <summary>Takes one call of av_log. The va_list stays untouched here: on x64 and arm64 Linux it is passed by address.</summary>
    public void Write(void* context, LogLevel level, int nativeLevel, byte* format, void* arguments)
    {
        if (!logger.IsEnabled(level))
        {
            return;
        }

        var pending = _pending ??= new StringBuilder();
        var printPrefix = pending.Length == 0 ? 1 : _printPrefix;
        var text = stackalloc byte[LineSize];
        var length = UtilFunctions.av_log_format_line2(context, nativeLevel, format, arguments, text, LineSize, &printPrefix);
        _printPrefix = printPrefix;
        if (length < 0)
        {
            return;
        }

        _ = pending.Append(Marshal.PtrToStringUTF8((nint)text));
        if (pending.Length > 0 && (pending[^1] is '\n' or '\r' || pending.Length > LongestLine))
        {
            var line = pending.ToString();
            _ = pending.Clear();
            Emit(level, LogLine.WithoutSecrets(LogLine.WithoutAddresses(line.TrimEnd())));
        }
    }

    private void Emit(LogLevel level, string line)
    {
        if (line.Length > 0 && _repeats.Admit(LogLine.Template(line), out var left))
        {
            if (left == 0)
            {
                Log.Line(logger, level, line);
            }
            else
            {
                Log.RepeatedLine(logger, level, line, left);
            }
        }
    }
}
