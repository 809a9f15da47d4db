using System.Collections.Frozen;

namespace VisionStream.Ingest.Sources;

/// <summary>What a scheme asks of a URL and what libav may open on its behalf.</summary>
/// <param name="DefaultPort">The port when the URL names none; 0 where it has to name one.</param>
/// <param name="Protocols">
/// libav's <c>protocol_whitelist</c>: what a playlist, a redirect or a session description may lead to. Without it a playlist from
/// the network may name <c>file:</c>, <c>concat:</c> or <c>subfile:</c> and read this machine's files.
/// </param>
internal sealed record SchemeRules(int DefaultPort, string Protocols)
{
    private static readonly FrozenDictionary<SourceScheme, SchemeRules> All = new Dictionary<SourceScheme, SchemeRules>
    {
        [SourceScheme.File] = new(0, "file"),
        [SourceScheme.Rtsp] = new(554, "rtsp,rtp,srtp,udp,tcp"),
        // 322 is IANA's port of rtsps, which libav takes as well.
        [SourceScheme.Rtsps] = new(322, "rtsp,rtsps,rtp,srtp,udp,tcp,tls"),
        [SourceScheme.Rtmp] = new(1935, "rtmp,tcp"),
        [SourceScheme.Rtmps] = new(443, "rtmps,tls,tcp"),
        [SourceScheme.Http] = new(80, "http,https,tls,tcp,crypto,httpproxy"),
        [SourceScheme.Https] = new(443, "https,tls,tcp,crypto,httpproxy"),
        [SourceScheme.Srt] = new(0, "srt,udp"),
        [SourceScheme.Udp] = new(0, "udp"),
        [SourceScheme.Rtp] = new(0, "rtp,udp"),
        [SourceScheme.Sdp] = new(0, "file,rtp,srtp,udp"),
        [SourceScheme.V4l2] = new(0, "file"),
        [SourceScheme.Lavfi] = new(0, "file"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, SourceScheme> Networked = new Dictionary<string, SourceScheme>
    {
        ["rtsp"] = SourceScheme.Rtsp,
        ["rtsps"] = SourceScheme.Rtsps,
        ["rtmp"] = SourceScheme.Rtmp,
        ["rtmps"] = SourceScheme.Rtmps,
        ["http"] = SourceScheme.Http,
        ["https"] = SourceScheme.Https,
        ["srt"] = SourceScheme.Srt,
        ["udp"] = SourceScheme.Udp,
        ["rtp"] = SourceScheme.Rtp,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The schemes as a person would list them.</summary>
    public const string Known = "rtsp, rtsps, rtmp, rtmps, http, https, srt, udp, rtp, file, v4l2 and lavfi";

    /// <summary>The rules of a scheme.</summary>
    public static SchemeRules Of(SourceScheme scheme) => All[scheme];

    /// <summary>Finds a scheme that is followed by <c>//host</c>.</summary>
    public static bool TryFindNetworked(string name, out SourceScheme scheme) => Networked.TryGetValue(name, out scheme);
}
