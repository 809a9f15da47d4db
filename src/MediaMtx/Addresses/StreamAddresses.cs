using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Addresses;

/// <summary>Immutable. Writes the addresses of a stream in MediaMTX's forms.</summary>
/// <param name="addresses">Where MediaMTX's servers are.</param>
public sealed class StreamAddresses(PublicAddresses addresses)
{
    /// <summary>The user that stands before a password; the password alone decides.</summary>
    public const string User = "vs";

    // FFmpeg's limits: a whole URL for RTMP and RTSP; for SRT the stream identifier, as the protocol has it.
    private const int LongestRtmp = 1024;
    private const int LongestRtsp = 4096;
    private const int LongestStreamId = 512;

    /// <summary>
    /// A name that RTMP publishers can use: smart glasses append a segment to a URL that has only one, behind the password and all.
    /// </summary>
    public static StreamName WithTwoSegments(StreamName name) =>
        name.Value.Contains('/', StringComparison.Ordinal) || !StreamName.TryParse("live/" + name.Value, out var longer, out _) ? name : longer;

    /// <summary>Where a stream is published.</summary>
    /// <param name="name">The stream.</param>
    /// <param name="password">A password, token or key that may publish it; <see langword="null"/> while access is open.</param>
    public PublishAddresses Publish(StreamName name, string? password) => new(Rtmp(name, password), Srt("publish", name, password), Http(addresses.WebRtc, name, "whip"), Rtsp(name, password));

    /// <summary>Where a stream is watched; for its annotated video give that name.</summary>
    /// <param name="name">The stream.</param>
    /// <param name="password">A password, token or key that may read it; <see langword="null"/> while access is open.</param>
    public WatchAddresses Watch(StreamName name, string? password) => new(Rtsp(name, password), Http(addresses.WebRtc, name, "whep"), Http(addresses.Hls, name, "index.m3u8"));

    private static string? Http(string? server, StreamName name, string end) => server is null ? null : $"{server.TrimEnd('/')}/{name}/{end}";

    private static string? AtMost(int length, string url) => url.Length <= length ? url : null;

    // A user in the authority, as in rtmp://user:pass@host, is passed over by MediaMTX; RTMP has no second try, so it stands here at once.
    private string? Rtmp(StreamName name, string? password)
    {
        if (addresses.Rtmp is null || !name.Value.Contains('/', StringComparison.Ordinal))
        {
            return null;
        }

        var credentials = password is null ? "" : $"?user={User}&pass={Uri.EscapeDataString(password)}";
        return AtMost(LongestRtmp, $"{addresses.Rtmp.TrimEnd('/')}/{name}{credentials}");
    }

    private string? Rtsp(StreamName name, string? password)
    {
        if (addresses.Rtsp is null)
        {
            return null;
        }

        var host = addresses.Rtsp.TrimEnd('/');
        var start = host.IndexOf("://", StringComparison.Ordinal) + 3;
        var credentials = password is null ? "" : $"{User}:{Uri.EscapeDataString(password)}@";
        return AtMost(LongestRtsp, $"{host[..start]}{credentials}{host[start..]}/{name}");
    }

    private string? Srt(string action, StreamName name, string? password)
    {
        // MediaMTX splits the identifier at its colons.
        var id = password is null ? $"{action}:{name}" : $"{action}:{name}:{User}:{password}";
        var fits = !name.Value.Contains(':', StringComparison.Ordinal) && password?.Contains(':', StringComparison.Ordinal) != true && id.Length <= LongestStreamId;
        var escaped = password is null ? id : $"{action}:{name}:{User}:{Uri.EscapeDataString(password)}";

        // 1316 bytes are seven packets of MPEG-TS, what fits into an Ethernet frame.
        return addresses.Srt is null || !fits ? null : $"{addresses.Srt.TrimEnd('/')}?streamid={escaped}&pkt_size=1316";
    }
}
