namespace VisionStream.LibAv;

/// <summary>How an output is opened and written.</summary>
public sealed record MuxerOptions
{
    /// <summary>Name of the output format: rtsp, flv, mpegts, mp4 (default: null, from the URL's scheme or the file's ending).</summary>
    public string? Format { get; init; }

    /// <summary>Options of the protocol and the format by their native names (default: none).</summary>
    public MediaOptions Options { get; init; } = MediaOptions.None;

    /// <summary>Longest time for connecting, and again for writing the header, and again for finishing (default: 10 s).</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time that a write may wait for the other end (default: 10 s).</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether packets wait for those of other streams, so that all are written in order, which files want (default: true). Without
    /// it each leaves at once: what a live viewer wants, who puts them in order anyway.
    /// </summary>
    public bool Interleaves { get; init; } = true;

    /// <summary>
    /// Longest time that packets of one stream wait for those of another, to be written in order (default: 500 ms). libav's
    /// own 10 s would hold a live picture up for as long when its sound stops.
    /// </summary>
    public TimeSpan MaxInterleave { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Clock of the deadlines (default: the system's).</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
