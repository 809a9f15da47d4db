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

    /// <summary>A file of this machine, whatever its name looks like.</summary>
    public static MediaSource OfFile(string path) => new("file:" + path);

    /// <summary>The RTP session that an .sdp file describes.</summary>
    public static MediaSource OfSession(string path) =>
        new("file:" + path) { InputFormat = "sdp", Options = MediaOptions.None.With("protocol_whitelist", "file,rtp,udp") };

    /// <summary>A server, which is called with RTSP over TCP, or a publisher that is waited for.</summary>
    public static MediaSource OfServer(string url, bool isListening) => new(url)
    {
        Options = url.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase)
            ? MediaOptions.None.With("rtsp_transport", "tcp")
            : isListening ? MediaOptions.None.With("listen", 1) : MediaOptions.None,
        Timeout = isListening ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(10),
    };

    /// <summary>What it is called in log lines and messages, without secrets.</summary>
    public string Redacted => UrlSecrets.MaskAddress(Url);

    /// <summary><see cref="Paced"/>, settled.</summary>
    internal bool IsPaced => Paced ?? (InputFormat == "lavfi" || (InputFormat is null && IsFile));

    // An .sdp file describes a session that runs in real time.
    private bool IsFile => !Url.EndsWith(".sdp", StringComparison.OrdinalIgnoreCase)
        && (Url.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !Url.Contains("://", StringComparison.Ordinal));
}
