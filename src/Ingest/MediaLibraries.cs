using Microsoft.Extensions.Logging;
using VisionStream.LibAv;

namespace VisionStream.Ingest;

/// <summary>Thread safe. What the rest of the service needs to know of FFmpeg, so that it need not know its bindings.</summary>
public static class MediaLibraries
{
    /// <summary>Loads FFmpeg unless that is done. A line that says what was found, or a sentence that says why it cannot be used.</summary>
    /// <param name="description">Release and library versions, or the reason.</param>
    /// <param name="all">Whether what only filters and devices need is loaded too, to see whether it is there (default: false).</param>
    public static bool TryLoad(out string description, bool all = false)
    {
        try
        {
            description = (all ? LibAvLibraries.LoadAll() : LibAvLibraries.Load()).ToString();
            return true;
        }
        catch (LibAvException e)
        {
            description = e.Message;
            return false;
        }
    }

    /// <summary>Sends libav's own log lines to a logger, at most one of a kind in ten seconds and without the secrets of what is open.</summary>
    /// <exception cref="LibAvException">FFmpeg cannot be used; ask <see cref="TryLoad"/> first.</exception>
    public static void LogTo(ILogger logger) => LibAvLog.Attach(logger);
}
