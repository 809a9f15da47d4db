using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.MediaMtx.Addresses;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Naming;

namespace VisionStream.Host.Pipelines;

/// <summary>Immutable. The MediaMTX that streams without a URL are read from and annotated ones are sent to.</summary>
/// <param name="settings">As configured.</param>
/// <param name="ownKey">What the service itself shows to MediaMTX; <see langword="null"/> while access is open.</param>
internal sealed class MediaServer(MediaMtxSettings settings, string? ownKey)
{
    // MediaMTX's own port of recordings.
    private const int PlaybackPort = 9996;

    private readonly string _host = new Uri(settings.Api).Host;

    /// <summary>As configured.</summary>
    public MediaMtxSettings Settings => settings;

    /// <summary>
    /// How the control API is spoken to: with the configured token, else as the address says, else with the service's own key. Holds
    /// a secret.
    /// </summary>
    public MediaMtxOptions ControlOptions => new()
    {
        Api = settings.Api,
        Token = settings.Token ?? (new Uri(settings.Api).UserInfo.Length > 0 ? null : ownKey),
    };

    /// <summary>The playback server as the service itself reaches it; <see langword="null"/> when it is not to be used.</summary>
    public string? PlaybackUrl => settings.Playback == MediaMtxSettings.Off
        ? null
        : new UriBuilder(settings.Api) { Port = PlaybackPort, UserName = "", Password = "", Path = "" }.Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Where the service reads a path. Holds a secret.</summary>
    public string ReadUrl(StreamName name) => Internal(name);

    /// <summary>Where the service publishes a stream's annotated video. Holds a secret.</summary>
    /// <exception cref="BadInputException">The stream's name leaves no room for the suffix.</exception>
    public string AnnotatedUrl(StreamName name) => AnnotatedName.TryOf(name, out var annotated)
        ? Internal(annotated)
        : throw new BadInputException($"{name}: the name is too long to have '{AnnotatedName.Suffix}' added to it; give a shorter one, or the URL that the annotated video goes to.");

    /// <summary>MediaMTX's servers as publishers and viewers reach them.</summary>
    /// <param name="askedAt">
    /// The host by which the asker reached this service. It stands in for MediaMTX's where that is on this machine: to others 127.0.0.1
    /// is themselves.
    /// </param>
    public PublicAddresses AddressesFor(string askedAt)
    {
        var host = Uri.CheckHostName(askedAt) != UriHostNameType.Unknown && Uri.TryCreate($"http://{_host}", UriKind.Absolute, out var own) && own.IsLoopback
            ? askedAt
            : _host;
        var name = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        return new PublicAddresses
        {
            Rtmp = Address(settings.Rtmp, $"rtmp://{name}:1935"),
            Rtsp = Address(settings.Rtsp, $"rtsp://{name}:8554"),
            Srt = Address(settings.Srt, $"srt://{name}:8890"),
            WebRtc = Address(settings.WebRtc, $"http://{name}:8889"),
            Hls = Address(settings.Hls, $"http://{name}:8888"),
            Playback = Address(settings.Playback, $"http://{name}:{PlaybackPort}"),
        };
    }

    private static string? Address(string? configured, string usual) => configured switch
    {
        null => usual,
        MediaMtxSettings.Off => null,
        _ => configured,
    };

    private string Internal(StreamName name)
    {
        var rtsp = settings.InternalRtsp ?? Address(settings.Rtsp, $"rtsp://{_host}:8554") ?? $"rtsp://{_host}:8554";
        return rtsp.Contains('@', StringComparison.Ordinal)
            ? $"{rtsp.TrimEnd('/')}/{name}"
            : new StreamAddresses(new PublicAddresses { Rtsp = rtsp }).Watch(name, ownKey).Rtsp
                ?? throw new BadInputException($"{name}: the RTSP address of MediaMTX becomes too long with this name.");
    }
}
