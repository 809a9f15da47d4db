using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VisionStream.MediaMtx.Addresses;

/// <summary>
/// Where MediaMTX's servers are for publishers and viewers. Immutable; <see langword="null"/> stands for a server that is not offered.
/// The default is MediaMTX's own ports on this machine.
/// </summary>
public sealed record PublicAddresses
{
    /// <summary>RTMP or RTMPS (default: rtmp://127.0.0.1:1935).</summary>
    public string? Rtmp { get; init; } = "rtmp://127.0.0.1:1935";

    /// <summary>RTSP or RTSPS (default: rtsp://127.0.0.1:8554).</summary>
    public string? Rtsp { get; init; } = "rtsp://127.0.0.1:8554";

    /// <summary>SRT (default: srt://127.0.0.1:8890).</summary>
    public string? Srt { get; init; } = "srt://127.0.0.1:8890";

    /// <summary>WebRTC's HTTP server, for WHIP and WHEP; behind a proxy it may have a path (default: http://127.0.0.1:8889).</summary>
    public string? WebRtc { get; init; } = "http://127.0.0.1:8889";

    /// <summary>HLS; behind a proxy it may have a path (default: http://127.0.0.1:8888).</summary>
    public string? Hls { get; init; } = "http://127.0.0.1:8888";

    /// <summary>The playback server, which has recordings; behind a proxy it may have a path (default: http://127.0.0.1:9996).</summary>
    public string? Playback { get; init; } = "http://127.0.0.1:9996";

    /// <summary>
    /// The addresses that MediaMTX's own settings give on a host: servers that are switched off are not offered, those with strict
    /// encryption get the encrypted scheme. Settings that are missing count as MediaMTX's defaults.
    /// </summary>
    /// <param name="settings">MediaMTX's general settings, from its control API.</param>
    /// <param name="host">The host's name or address as publishers and viewers reach it.</param>
    public static PublicAddresses Of(JsonObject settings, string host)
    {
        var name = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        return new PublicAddresses
        {
            Rtmp = Server("rtmp", "rtmp", "rtmps", 1935, 1936),
            Rtsp = Server("rtsp", "rtsp", "rtsps", 8554, 8322),
            Srt = Server("srt", "srt", "srt", 8890, 8890),
            WebRtc = Server("webrtc", "http", "https", 8889, 8889),
            Hls = Server("hls", "http", "https", 8888, 8888),

            // The only one that is off unless it is switched on.
            Playback = settings["playback"]?.GetValueKind() == JsonValueKind.True ? Server("playback", "http", "https", 9996, 9996) : null,
        };

        string? Server(string key, string plain, string encrypted, int port, int encryptedPort)
        {
            if (settings[key]?.GetValueKind() == JsonValueKind.False)
            {
                return null;
            }

            // RTSP and RTMP: no, optional, strict, with a second port for the encrypted one. HTTP: a flag, with one port.
            var encryption = settings[key + "Encryption"];
            var strict = encryption?.GetValueKind() == JsonValueKind.String && (string?)encryption == "strict";
            var https = encryption?.GetValueKind() == JsonValueKind.True;
            var address = settings[(strict ? encrypted : key) + "Address"];
            var text = address?.GetValueKind() == JsonValueKind.String ? (string?)address : null;
            var digits = text?[(text.LastIndexOf(':') + 1)..];
            var listening = ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : strict ? encryptedPort : port;
            return $"{(strict || https ? encrypted : plain)}://{name}:{listening}";
        }
    }

    /// <summary>All that is wrong, one sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(nameof(Rtmp), Rtmp, withPath: false, "rtmp", "rtmps");
        Check(nameof(Rtsp), Rtsp, withPath: false, "rtsp", "rtsps");
        Check(nameof(Srt), Srt, withPath: false, "srt");
        Check(nameof(WebRtc), WebRtc, withPath: true, "http", "https");
        Check(nameof(Hls), Hls, withPath: true, "http", "https");
        Check(nameof(Playback), Playback, withPath: true, "http", "https");
        return errors;

        void Check(string key, string? address, bool withPath, params string[] schemes)
        {
            if (address is null)
            {
                return;
            }

            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
            {
                errors.Add($"Addresses:{key} is no address that begins with {string.Join(":// or ", schemes)}://.");
            }
            else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || (!withPath && uri.AbsolutePath.Trim('/').Length > 0))
            {
                errors.Add($"Addresses:{key} has more than {(withPath ? "a host, a port and a path" : "a host and a port")}; credentials and names are added for each stream.");
            }
        }
    }
}
