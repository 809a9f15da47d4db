namespace VisionStream.LibAv;

/// <summary>
/// A surprise from libav*: one sentence with what was done, where, and the reason. Expected endings (no data yet, end of
/// stream, a deadline of a read) are enum results and never this. Secrets in URLs are masked.
/// </summary>
public sealed class LibAvException : Exception
{
    /// <summary>Makes the exception of a status; <paramref name="code"/> is the native AVERROR, 0 where there is none.</summary>
    public LibAvException(string message, LibAvError error, int code = 0)
        : base(message)
    {
        Error = error;
        Code = code;
    }

    /// <summary>What the error means to the caller.</summary>
    public LibAvError Error { get; }

    /// <summary>The native AVERROR (negative), or 0 where the error is our own.</summary>
    public int Code { get; }
}
