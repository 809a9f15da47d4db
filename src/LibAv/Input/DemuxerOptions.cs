namespace VisionStream.LibAv;

/// <summary>How an input is opened and read.</summary>
public sealed record DemuxerOptions
{
    /// <summary>Name of the input format, for inputs that cannot be recognised: v4l2, lavfi, alsa, sdp (default: null, recognised).</summary>
    public string? InputFormat { get; init; }

    /// <summary>Options of the protocol and the format by their native names (default: none).</summary>
    public MediaOptions Options { get; init; } = MediaOptions.None;

    /// <summary>
    /// Longest time from the call to the streams being known (default: 10 s); <see cref="Timeout.InfiniteTimeSpan"/> waits
    /// for ever, as a listener for a publisher does. Looking up a host name cannot be interrupted and may take longer.
    /// </summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time that a read may wait for data (default: 10 s); <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Read some of the input at opening to complete what its header leaves out (default: true).</summary>
    public bool FindStreamInfo { get; init; } = true;

    /// <summary>Clock of the deadlines (default: the system's).</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
