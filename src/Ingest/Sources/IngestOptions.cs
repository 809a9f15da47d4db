namespace VisionStream.Ingest.Sources;

/// <summary>How sources are read. Immutable; <see cref="Validate"/> tells all that is wrong at once.</summary>
public sealed record IngestOptions
{
    /// <summary>How long opening a source may take, until its first packet (default: 10 s). A listening source waits for its publisher for ever.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open source may send nothing before it is opened again (default: 5 s).</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The delay before the first reconnection; it doubles from there, less a random part of up to a third (default: 0.5 s).</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest delay between reconnections (default: 10 s).</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How RTSP servers send (default: <see cref="RtspTransport.Tcp"/>).</summary>
    public RtspTransport RtspTransport { get; init; }

    /// <summary>
    /// Whether RTSP servers are asked for their audio even if nobody wants it when the source is opened (default: false). Other
    /// sources send it anyway.
    /// </summary>
    public bool Audio { get; init; }

    /// <summary>Whether files, filter graphs and playlists play at their own speed, as if they came live (default: true). False reads as fast as the decoder goes.</summary>
    public bool RealTime { get; init; } = true;

    /// <summary>Whether a file starts again at its end (default: false). The presentation times go on rising.</summary>
    public bool Loop { get; init; }

    /// <summary>
    /// Threads of the decoder, which share the slices of a frame (default: 1). Threads that share frames are never used: each would
    /// hold a frame back. Raise it for a few large streams with several slices.
    /// </summary>
    public int DecoderThreads { get; init; } = 1;

    /// <summary>What is wrong, a sentence each that starts with the key; empty when all is well.</summary>
    /// <param name="prefix">What stands before the keys, such as <c>Ingest:</c>.</param>
    public IReadOnlyList<string> Validate(string prefix = "")
    {
        var errors = new List<string>();
        Within(nameof(OpenTimeout), OpenTimeout, 0.1, 600);
        Within(nameof(SilenceTimeout), SilenceTimeout, 0.1, 600);
        Within(nameof(FirstDelay), FirstDelay, 0.01, 600);
        Within(nameof(LongestDelay), LongestDelay, 0.01, 3600);
        if (LongestDelay < FirstDelay)
        {
            errors.Add($"{prefix}{nameof(LongestDelay)} is {LongestDelay.TotalSeconds:0.###} s, shorter than {nameof(FirstDelay)}.");
        }

        if (!Enum.IsDefined(RtspTransport))
        {
            errors.Add($"{prefix}{nameof(RtspTransport)} is neither tcp nor udp.");
        }

        if (DecoderThreads is < 1 or > 64)
        {
            errors.Add($"{prefix}{nameof(DecoderThreads)} is {DecoderThreads}; 1 to 64 are possible.");
        }

        return errors;

        void Within(string key, TimeSpan value, double least, double most)
        {
            if (value < TimeSpan.FromSeconds(least) || value > TimeSpan.FromSeconds(most))
            {
                errors.Add($"{prefix}{key} is {value.TotalSeconds:0.###} s; {least:0.###} to {most:0.###} s are possible.");
            }
        }
    }
}
