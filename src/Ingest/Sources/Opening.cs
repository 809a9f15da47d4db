using VisionStream.LibAv;

namespace VisionStream.Ingest.Sources;

/// <summary>Turns a source into what libav's demuxers are asked for: small probes, no buffers that delay, and nothing opened beyond what the scheme needs.</summary>
internal static class Opening
{
    // A transport stream repeats its tables at least every 0.5 s (ETSI TR 101 290, 1.3 and 1.5); this is as much of a 3 Mbit/s one.
    private const long TransportStreamProbe = 200_000;

    // Half a second of 16 Mbit/s. The kernel's default of 212 kB loses packets of one key frame of a 4K camera.
    private const long UdpBuffer = 1_000_000;

    /// <summary>How to open a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="options">Time limits, transport.</param>
    /// <param name="asksForSound">Whether a source that has to be asked for its sound is.</param>
    /// <param name="time">The clock of the time limits.</param>
    public static DemuxerOptions Of(SourceUrl source, IngestOptions options, bool asksForSound, TimeProvider time) => new()
    {
        InputFormat = FormatOf(source.Scheme),
        Options = NativeOptions(source, options, asksForSound).With("protocol_whitelist", SchemeRules.Of(source.Scheme).Protocols),
        OpenTimeout = source.IsListening ? Timeout.InfiniteTimeSpan : options.OpenTimeout,
        ReadTimeout = options.SilenceTimeout,
        // Live sources tell what a decoder needs to start in their headers and first packets. Searching them costs up to 90 s
        // where a declared track never sends (libavformat's limit for flv), and what is read meanwhile is late by as much.
        FindStreamInfo = source.Scheme is SourceScheme.File or SourceScheme.Http or SourceScheme.Https,
        TimeProvider = time,
    };

    /// <summary>Whether a source gives its sound only if it is asked for it when it is opened.</summary>
    public static bool HasToBeAskedForSound(SourceScheme scheme) => scheme is SourceScheme.Rtsp or SourceScheme.Rtsps;

    // Named where the scheme settles it: recognising takes data, that is time, and leaves the choice to the sender.
    private static string? FormatOf(SourceScheme scheme) => scheme switch
    {
        SourceScheme.Rtsp or SourceScheme.Rtsps => "rtsp",
        SourceScheme.Rtmp or SourceScheme.Rtmps => "flv",
        SourceScheme.Srt or SourceScheme.Udp => "mpegts",
        SourceScheme.Rtp => "rtp",
        SourceScheme.Sdp => "sdp",
        SourceScheme.V4l2 => "video4linux2",
        SourceScheme.Lavfi => "lavfi",
        _ => null,
    };

    private static MediaOptions NativeOptions(SourceUrl source, IngestOptions options, bool asksForSound)
    {
        var silence = (long)options.SilenceTimeout.TotalMicroseconds;
        return source.Scheme switch
        {
            // Only the media asked for are set up, so that a sound track that nobody wants cannot delay or re-base the pictures.
            SourceScheme.Rtsp or SourceScheme.Rtsps => MediaOptions.None
                .With("rtsp_transport", options.RtspTransport == RtspTransport.Udp ? "udp" : "tcp")
                .With("allowed_media_types", asksForSound ? "video+audio" : "video")
                .With("buffer_size", UdpBuffer),
            SourceScheme.Rtmp or SourceScheme.Rtmps when source.IsListening => MediaOptions.None
                .With("listen", 1)
                // The open has no limit of its own here, and a caller that sends nothing must not keep the port.
                .With("rw_timeout", silence),
            SourceScheme.Rtmp or SourceScheme.Rtmps => MediaOptions.None.With("rtmp_live", "live"),
            SourceScheme.Http or SourceScheme.Https => MediaOptions.None.With("analyzeduration", 1_000_000),
            SourceScheme.Srt => MediaOptions.None.With("probesize", TransportStreamProbe),
            SourceScheme.Udp => MediaOptions.None.With("probesize", TransportStreamProbe).With("buffer_size", UdpBuffer).With("overrun_nonfatal", 1),
            SourceScheme.Rtp or SourceScheme.Sdp => MediaOptions.None.With("buffer_size", UdpBuffer),
            // A picture called a%d.jpg is that picture and not a series.
            SourceScheme.File => MediaOptions.None.With("pattern_type", "none"),
            _ => MediaOptions.None,
        };
    }
}
