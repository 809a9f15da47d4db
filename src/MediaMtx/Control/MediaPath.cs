namespace VisionStream.MediaMtx.Control;

/// <summary>A path of MediaMTX at one moment. Immutable.</summary>
public sealed record MediaPath
{
    /// <summary>Its name, for example <c>live/glasses</c>; MediaMTX allows names that are no stream names here.</summary>
    public required string Name { get; init; }

    /// <summary>The configuration entry that governs it: its own name, a regular expression after <c>~</c>, or <c>all_others</c>.</summary>
    public string ConfigurationName { get; init; } = "";

    /// <summary>
    /// Whether a publisher or a source really feeds it. From v1.17 on <c>online</c>, before that <c>available</c> or <c>ready</c>,
    /// which meant the same then.
    /// </summary>
    public bool Online { get; init; }

    /// <summary>Whether readers can attach, which an <c>alwaysAvailable</c> path allows without a publisher.</summary>
    public bool Available { get; init; }

    /// <summary>Since when it is online, by MediaMTX's clock.</summary>
    public DateTimeOffset? OnlineSince { get; init; }

    /// <summary>Who feeds it, or <see langword="null"/>.</summary>
    public PathSource? Source { get; init; }

    /// <summary>Codecs of its tracks in MediaMTX's words: <c>H264</c>, <c>MPEG-4 Audio</c>, <c>Opus</c>...</summary>
    public IReadOnlyList<string> Tracks { get; init; } = [];

    /// <summary>Width of the first picture track in pixels; 0 when MediaMTX does not say, as before v1.17.</summary>
    public int Width { get; init; }

    /// <summary>Height of the first picture track in pixels; 0 when MediaMTX does not say.</summary>
    public int Height { get; init; }

    /// <summary>How many read it now.</summary>
    public int Readers { get; init; }

    /// <summary>Bytes received for it.</summary>
    public long InboundBytes { get; init; }

    /// <summary>Bytes sent from it, all readers together.</summary>
    public long OutboundBytes { get; init; }

    /// <summary>Frames that arrived damaged; 0 before v1.17.</summary>
    public long InboundFramesInError { get; init; }
}
