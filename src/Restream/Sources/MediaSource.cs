using System.Globalization;
using VisionStream.LibAv;
using VisionStream.Restream.Encoding;

namespace VisionStream.Restream.Sources;

/// <summary>
/// Where pictures, sound or packets come from, as libav opens it. Immutable. Whoever makes one has checked it; what a user wrote is
/// taken apart elsewhere.
/// </summary>
/// <param name="Url">File, URL, device or, with the format lavfi, a filter description.</param>
public sealed record MediaSource(string Url)
{
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(10);

    /// <summary>libav's input format, for sources that cannot be recognised: v4l2, alsa, lavfi, sdp (default: recognised).</summary>
    public string? InputFormat { get; init; }

    /// <summary>Options of protocol and format by their native names (default: none).</summary>
    public MediaOptions Options { get; init; } = MediaOptions.None;

    /// <summary>Options that are given up when the source cannot be opened with them, such as a mode that a camera may not have (default: none).</summary>
    public MediaOptions Wishes { get; init; } = MediaOptions.None;

    /// <summary>
    /// Whether it gives as fast as it is read, so that the reader has to keep the time (default: null, which is true for files and
    /// lavfi; all else gives in real time).
    /// </summary>
    public bool? Paced { get; init; }

    /// <summary>The longest wait for the source to open; <see cref="Timeout.InfiniteTimeSpan"/> waits for a publisher for ever (default: 10 s).</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait for the source's next packet (default: 10 s).</summary>
    public TimeSpan ReadTimeout { get; init; } = SilenceTimeout;

    /// <summary>A file of this machine, whatever its name looks like.</summary>
    public static MediaSource OfFile(string path) => new("file:" + path);

    /// <summary>The RTP session that an .sdp file describes.</summary>
    /// <param name="url">A file URL as libav takes it.</param>
    public static MediaSource OfSession(string url) =>
        new(url) { InputFormat = "sdp", Options = MediaOptions.None.With("protocol_whitelist", "file,rtp,udp") };

    /// <summary>A camera of this machine, asked for the pictures that will be sent, so that they need not be scaled up or thinned.</summary>
    /// <param name="device">Its device, such as /dev/video0.</param>
    /// <param name="video">Size and frame rate; what it leaves open stays as the camera is set. 16:9 where one side is given.</param>
    public static MediaSource OfCamera(string device, VideoEncoding video)
    {
        var wishes = MediaOptions.None;
        if (video.Width is not null || video.Height is not null)
        {
            var (width, height) = video.SizeFor(16, 9);
            wishes = wishes.With("video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"));
        }

        if (video.FrameRate is { } rate)
        {
            wishes = wishes.With("framerate", rate.ToString("0.###", CultureInfo.InvariantCulture));
        }

        return new MediaSource(device) { InputFormat = "v4l2", Wishes = wishes };
    }

    /// <summary>A server, which is called, with RTSP over TCP.</summary>
    public static MediaSource OfServer(string url) => new(url)
    {
        Options = HasScheme(url, "rtsp") ? MediaOptions.None.With("rtsp_transport", "tcp") : MediaOptions.None,
    };

    /// <summary>A publisher over RTMP or SRT, who is waited for. SRT's URL asks for that itself, by <c>mode=listener</c>.</summary>
    public static MediaSource OfPublisher(string url)
    {
        // The open has no limit of its own here, and a caller who sends nothing must not keep the port.
        var options = MediaOptions.None.With("rw_timeout", (long)SilenceTimeout.TotalMicroseconds);
        return new MediaSource(url)
        {
            Options = HasScheme(url, "rtmp") ? options.With("listen", 1) : options,
            OpenTimeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>What it is called in log lines and messages, without secrets.</summary>
    public string Redacted => UrlSecrets.MaskAddress(Url);

    /// <summary><see cref="Paced"/>, settled.</summary>
    internal bool IsPaced => Paced ?? (InputFormat == "lavfi" || (InputFormat is null && IsFile));

    // An .sdp file describes a session that runs in real time.
    private bool IsFile => !Url.EndsWith(".sdp", StringComparison.OrdinalIgnoreCase)
        && (Url.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !Url.Contains("://", StringComparison.Ordinal));

    /// <summary>Opens it.</summary>
    /// <param name="cancellationToken">Ends opening and reading.</param>
    /// <exception cref="LibAvException">It cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Demuxer Open(CancellationToken cancellationToken) => Demuxer.Open(
        Url,
        new DemuxerOptions { InputFormat = InputFormat, Options = Options, OpenTimeout = OpenTimeout, ReadTimeout = ReadTimeout },
        cancellationToken);

    /// <summary>The error of a read that waited for too long.</summary>
    internal LibAvException Silence() => new($"{Redacted} gave nothing for {ReadTimeout.TotalSeconds:0.#} s.", LibAvError.TimedOut);

    private static bool HasScheme(string url, string scheme) => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
