using VisionStream.LibAv;

namespace VisionStream.Restream.Sources;

/// <summary>
/// Where pictures, sound or packets come from, as libav opens it. Immutable. Whoever makes one has checked it; what a user wrote is
/// taken apart elsewhere.
/// </summary>
/// <param name="Url">File, URL, device or, with the format lavfi, a filter description.</param>
public sealed record MediaSource(string Url)
{
    /// <summary>libav's input format, for sources that cannot be recognised: v4l2, alsa, lavfi, sdp (default: recognised).</summary>
    public string? InputFormat { get; init; }

    /// <summary>Options of protocol and format by their native names (default: none).</summary>
    public MediaOptions Options { get; init; } = MediaOptions.None;

    /// <summary>
    /// Whether it gives as fast as it is read, so that the reader has to keep the time (default: null, which is true for files and
    /// lavfi; all else gives in real time).
    /// </summary>
    public bool? Paced { get; init; }

    /// <summary>The longest wait for the source to open, or to give the next packet (default: 10 s).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What it is called in log lines and messages, without secrets.</summary>
    public string Redacted => UrlSecrets.Mask(Url);

    /// <summary><see cref="Paced"/>, settled.</summary>
    internal bool IsPaced => Paced ?? (InputFormat == "lavfi" || (InputFormat is null && IsFile));

    // An .sdp file describes a session that runs in real time.
    private bool IsFile => !Url.EndsWith(".sdp", StringComparison.OrdinalIgnoreCase)
        && (Url.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !Url.Contains("://", StringComparison.Ordinal));
}
