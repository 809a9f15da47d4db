namespace VisionStream.EndToEnd.Peers;

/// <summary>What a <see cref="GstRtspServer"/> serves. Paths begin with a slash, as in /live/glasses.</summary>
public sealed record GstRtspOptions
{
    /// <summary>Path -> MP4 whose H.264 is served in a loop, as it is (default: none).</summary>
    public IReadOnlyDictionary<string, string> Clips { get; init; } = new Dictionary<string, string>();

    /// <summary>Path -> shape of a moving test picture, as 1280x720@30 (default: none).</summary>
    public IReadOnlyDictionary<string, string> Patterns { get; init; } = new Dictionary<string, string>();

    /// <summary>Path -> GStreamer pipeline that each reader gets from its start; its tracks are called pay0 and pay1 (default: none).</summary>
    public IReadOnlyDictionary<string, string> Launches { get; init; } = new Dictionary<string, string>();

    /// <summary>Below this prefix clients may publish (default: /live/).</summary>
    public string PublishPrefix { get; init; } = "/live/";

    /// <summary>The port, for a server that comes back (default: a free one).</summary>
    public int? Port { get; init; }
}
