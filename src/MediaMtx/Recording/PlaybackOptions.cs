namespace VisionStream.MediaMtx.Recording;

/// <summary>Where recordings can be had. Immutable.</summary>
public sealed record PlaybackOptions
{
    /// <summary>Address of MediaMTX's playback server for ourselves, for example http://127.0.0.1:9996 (default: none, so no links).</summary>
    public string? Address { get; init; }

    /// <summary>Its address for viewers, as links have it (default: the same).</summary>
    public string? PublicAddress { get; init; }
}
