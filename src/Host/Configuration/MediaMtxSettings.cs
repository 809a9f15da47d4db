using VisionStream.MediaMtx.Discovery;

namespace VisionStream.Host.Configuration;

/// <summary>The MediaMTX that is used. Immutable; addresses without a value follow from the API's host and MediaMTX's own ports.</summary>
internal sealed record MediaMtxSettings
{
    /// <summary>What stands in an address's place when its server is not offered.</summary>
    public const string Off = "off";

    /// <summary>The control API; a user and a password may stand in it (default: http://127.0.0.1:9997).</summary>
    public string Api { get; init; } = "http://127.0.0.1:9997";

    /// <summary>A key or token for the API, sent as a password (default: none; the service's own key where keys are configured).</summary>
    public string? Token { get; init; }

    /// <summary>Which paths are watched, with which profile (default: live/* with default).</summary>
    public IReadOnlyList<PathRule> Rules { get; init; } = [];

    /// <summary>The profiles by name; <see cref="StreamProfile.Default"/> is among them.</summary>
    public IReadOnlyDictionary<string, StreamProfile> Profiles { get; init; } = new Dictionary<string, StreamProfile>();

    /// <summary>RTSP for publishers and viewers (default: port 8554).</summary>
    public string? Rtsp { get; init; }

    /// <summary>RTMP for publishers (default: port 1935).</summary>
    public string? Rtmp { get; init; }

    /// <summary>SRT for publishers (default: port 8890).</summary>
    public string? Srt { get; init; }

    /// <summary>WHIP and WHEP (default: port 8889).</summary>
    public string? WebRtc { get; init; }

    /// <summary>HLS (default: port 8888).</summary>
    public string? Hls { get; init; }

    /// <summary>Recordings (default: port 9996).</summary>
    public string? Playback { get; init; }

    /// <summary>
    /// RTSP for this service itself, which reads streams there and publishes annotated ones; a user and a password may stand in it
    /// (default: as <see cref="Rtsp"/>).
    /// </summary>
    public string? InternalRtsp { get; init; }
}
