using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// The one place where a native status turns into an exception. Callers take EAGAIN and EOF out first: those are results.
/// </summary>
internal static unsafe class Averror
{
    /// <summary>AVERROR(EAGAIN) on Linux: not now, try again after the other end has moved.</summary>
    public const int Again = -11;

    /// <summary>AVERROR(ENOMEM) on Linux.</summary>
    public const int OutOfMemory = -12;

    /// <summary>AVERROR(EINVAL) on Linux.</summary>
    public const int InvalidArgument = -22;

    /// <summary>AVERROR(ENOENT) on Linux.</summary>
    public const int NoEntry = -2;

    /// <summary>AVERROR(ENODEV) on Linux.</summary>
    public const int NoDevice = -19;

    /// <summary>AVERROR(ENOSYS) on Linux.</summary>
    public const int NotImplemented = -38;

    /// <summary>AVERROR(ETIMEDOUT) on Linux.</summary>
    public const int TimedOut = -110;

    /// <summary>Returns the status when it is no error, throws otherwise.</summary>
    /// <param name="status">What the native function returned.</param>
    /// <param name="what">What was being done, as the start of a sentence: "Opening the decoder".</param>
    /// <param name="where">A URL, file, codec or filter; empty for none. Secrets in it are masked.</param>
    public static int Check(int status, string what, string where = "")
    {
        if (status < 0)
        {
            Throw(status, what, where);
        }

        return status;
    }

    /// <summary>Returns the pointer when there is one; null from an allocation means that memory ran out.</summary>
    public static void* Allocated(void* pointer, string what)
    {
        if (pointer is null)
        {
            Throw(OutOfMemory, what, "");
        }

        return pointer;
    }

    /// <summary>Throws the exception of a status.</summary>
    [DoesNotReturn]
    public static void Throw(int status, string what, string where)
    {
        throw Exception(status, what, where);
    }

    /// <summary>The exception of a status, for callers that have something to release first.</summary>
    public static LibAvException Exception(int status, string what, string where)
    {
        var subject = where.Length == 0 ? what : $"{what} {UrlSecrets.MaskAddress(where)}";
        return new LibAvException($"{subject} failed: {Message(status)} ({status}).", Kind(status), status);
    }

    private static string Message(int status)
    {
        var buffer = stackalloc byte[AV_ERROR_MAX_STRING_SIZE];
        // A code without a text gets a generic one in the buffer, so the result only says which of the two it is.
        _ = UtilFunctions.av_strerror(status, buffer, AV_ERROR_MAX_STRING_SIZE);
        return Marshal.PtrToStringUTF8((nint)buffer) ?? "unknown error";
    }

    // Plain numbers are Linux errno values, the same on x64 and arm64 (asm-generic/errno.h).
    private static LibAvError Kind(int status)
    {
        return status switch
        {
            -6 or NoEntry or NoDevice or AVERROR_HTTP_NOT_FOUND or AVERROR_STREAM_NOT_FOUND => LibAvError.NotFound,
            -1 or -13 or AVERROR_HTTP_UNAUTHORIZED or AVERROR_HTTP_FORBIDDEN => LibAvError.Unauthorized,
            -111 => LibAvError.ConnectionRefused,
            -5 or -32 or -103 or -104 or AVERROR_HTTP_SERVER_ERROR => LibAvError.Disconnected,
            -100 or -101 or -112 or -113 => LibAvError.Unreachable,
            TimedOut or AVERROR_EXIT => LibAvError.TimedOut,
            AVERROR_INVALIDDATA => LibAvError.InvalidData,
            InvalidArgument or AVERROR_OPTION_NOT_FOUND or AVERROR_HTTP_BAD_REQUEST => LibAvError.InvalidArgument,
            NotImplemented or AVERROR_DECODER_NOT_FOUND or AVERROR_ENCODER_NOT_FOUND or AVERROR_DEMUXER_NOT_FOUND or AVERROR_MUXER_NOT_FOUND
                or AVERROR_PROTOCOL_NOT_FOUND or AVERROR_FILTER_NOT_FOUND or AVERROR_PATCHWELCOME => LibAvError.Unsupported,
            -16 or -98 => LibAvError.Busy,
            AVERROR_EOF => LibAvError.EndOfStream,
            _ => LibAvError.Other,
        };
    }
}
