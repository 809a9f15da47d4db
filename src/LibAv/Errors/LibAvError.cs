namespace VisionStream.LibAv;

/// <summary>What an error of libav* means to the caller, so that nobody compares native codes.</summary>
public enum LibAvError
{
    /// <summary>None of the kinds below; the message says what it was.</summary>
    Other,

    /// <summary>FFmpeg's libraries are missing or of a version that is not known.</summary>
    LibrariesUnusable,

    /// <summary>The file, device or path does not exist, or the server answered 404.</summary>
    NotFound,

    /// <summary>The server or the file system wants credentials, or refuses those given.</summary>
    Unauthorized,

    /// <summary>Nothing listens at that address.</summary>
    ConnectionRefused,

    /// <summary>The connection was cut, or reading and writing on it failed.</summary>
    Disconnected,

    /// <summary>No route to the host.</summary>
    Unreachable,

    /// <summary>A deadline of the caller passed first.</summary>
    TimedOut,

    /// <summary>The data is not what its format promises.</summary>
    InvalidData,

    /// <summary>An option, argument or combination of them is wrong.</summary>
    InvalidArgument,

    /// <summary>This FFmpeg has no such decoder, encoder, format, protocol or filter.</summary>
    Unsupported,

    /// <summary>The address is taken, or the device is in use.</summary>
    Busy,

    /// <summary>The input ended.</summary>
    EndOfStream,
}
