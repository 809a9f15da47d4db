using VisionStream.Ingest;

namespace VisionStream.Host.Configuration;

/// <summary>Stateless. What every verb that touches media asks for first.</summary>
internal static class FfmpegLibraries
{
    /// <summary>Loads FFmpeg's libraries.</summary>
    /// <exception cref="BadInputException">They are missing or of an unknown major; the message says what to do.</exception>
    public static void Load()
    {
        if (!MediaLibraries.TryLoad(out var sentence))
        {
            throw new BadInputException(sentence);
        }
    }
}
