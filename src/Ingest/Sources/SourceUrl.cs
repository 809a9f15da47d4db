using System.Diagnostics.CodeAnalysis;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Sources;

/// <summary>
/// Where a stream comes from, checked and taken apart. Immutable. <see cref="Redacted"/> (which is also the text form) is the only
/// form that may be logged, shown or sent.
/// </summary>
/// <remarks>
/// Accepted: <c>rtsp:// rtsps:// rtmp:// rtmps:// http:// https:// srt:// udp:// rtp://</c>, a path or <c>file:</c> URL (an
/// <c>.sdp</c> file describes an RTP session), <c>v4l2:/dev/video0</c> and <c>lavfi:GRAPH</c>. The names of libav's other protocols
/// (<c>concat:</c>, <c>subfile:</c>, <c>data:</c>...) are not, and a file is always opened as a file, whatever its name looks like.
/// </remarks>
public sealed class SourceUrl
{
    // libav's MAX_URL_SIZE; what is longer it would cut off silently.
    private const int MaxLength = 4096;

    // Enough of a wrong URL to know it again.
    private const int LongestShown = 120;

    private readonly UrlParts? _parts;

    private SourceUrl(SourceScheme scheme, string address, string redacted, UrlParts? parts = null, bool isListening = false)
    {
        Scheme = scheme;
        Address = address;
        Redacted = redacted;
        _parts = parts;
        IsListening = isListening;
    }

    /// <summary>What kind of source it is.</summary>
    public SourceScheme Scheme { get; }

    /// <summary>The URL without user info, stream key and parameter values: safe to show.</summary>
    public string Redacted { get; }

    /// <summary>The host's name or address (IPv6 without brackets); empty for what is on this machine.</summary>
    public string Host => _parts?.Host ?? "";

    /// <summary>The port, the scheme's own when none was given; 0 for what is on this machine.</summary>
    public int Port => _parts is null ? 0 : _parts.Port == 0 ? SchemeRules.Of(Scheme).DefaultPort : _parts.Port;

    /// <summary>Whether VisionStream waits here for a publisher instead of calling a server.</summary>
    public bool IsListening { get; }

    /// <summary>Whether it can be read as fast as it can be decoded and ends by itself: a file or a filter graph.</summary>
    public bool IsStored => Scheme is SourceScheme.File or SourceScheme.Lavfi;

    /// <summary>What libav opens, the parameters that are ours taken out. Holds secrets.</summary>
    public string Address { get; }

    /// <summary>Reads what a user gave; <paramref name="error"/> is a sentence without secrets that says what is wrong and what to do.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SourceUrl? source, [NotNullWhen(false)] out string? error)
    {
        text = text?.Trim() ?? "";
        source = null;
        error = null;
        if (text.Length == 0)
        {
            error = "A source is empty; give a URL such as rtsp://host:8554/live/glasses, or a file.";
        }
        else if (text.Length > MaxLength)
        {
            error = $"The source '{Short(text)}' has {text.Length} characters; {MaxLength} are allowed.";
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            error = "A source holds a NUL character.";
        }
        else
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var scheme = colon > 0 && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_' or ',') && text[0] != '.'
                ? text[..colon]
                : "";
            source = Read(text, scheme.ToLowerInvariant(), ref error);
        }

        return error is null && source is not null;
    }

    /// <summary>Reads what a user gave.</summary>
    /// <exception cref="FormatException">It is no source; the message says why, without secrets.</exception>
    public static SourceUrl Parse(string? text) => TryParse(text, out var source, out var error) ? source : throw new FormatException(error);

    /// <summary>
    /// Looks whether a file or device is there and may be read; a sentence when not, <see langword="null"/> when all is well or
    /// the source is on the network.
    /// </summary>
    public string? FindProblem() => Scheme switch
    {
        SourceScheme.File or SourceScheme.Sdp => SourceFile.FindFileProblem(
            Address["file:".Length..], Redacted.Contains(UrlSecrets.Replacement, StringComparison.Ordinal) ? Redacted : Address["file:".Length..]),
        SourceScheme.V4l2 => SourceFile.FindCameraProblem(Address),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Redacted;

    private static SourceUrl? Read(string text, string scheme, ref string? error)
    {
        switch (scheme)
        {
            case "" or "file":
                return OfFile(text, scheme.Length > 0, ref error);
            case "lavfi" when text.Length == "lavfi:".Length:
                error = "The source 'lavfi:' has no filter graph; give one such as lavfi:testsrc2=size=1280x720:rate=30.";
                return null;
            case "lavfi":
                // A graph may hold a URL (movie=...), so it is shown only as far as that is excluded.
                var graph = text["lavfi:".Length..];
                return new SourceUrl(SourceScheme.Lavfi, graph, "lavfi:" + (graph.Contains("movie", StringComparison.OrdinalIgnoreCase) ? UrlSecrets.Replacement : graph));
            case "v4l2":
                var device = text["v4l2:".Length..];
                if (!device.StartsWith("/dev/", StringComparison.Ordinal) || device.Split('/').Contains(".."))
                {
                    error = $"The camera '{Short(device)}' is no device; write it like v4l2:/dev/video0.";
                    return null;
                }

                return new SourceUrl(SourceScheme.V4l2, device, text);
            default:
                return OfNetwork(text, scheme, ref error);
        }
    }

    private static SourceUrl? OfFile(string text, bool hasScheme, ref string? error)
    {
        var path = text;
        if (hasScheme)
        {
            path = text["file:".Length..];
            if (path.StartsWith("//", StringComparison.Ordinal))
            {
                var slash = path.IndexOf('/', 2);
                if (slash < 0 || path[2..slash] is not ("" or "localhost"))
                {
                    error = "A file URL names a host other than this machine; write it like file:///videos/clip.mp4.";
                    return null;
                }

                path = Uri.UnescapeDataString(path[slash..]);
            }
        }

        if (path.Length == 0)
        {
            error = "The source 'file:' has no path; write it like file:///videos/clip.mp4.";
            return null;
        }

        var full = Path.GetFullPath(path);
        var scheme = Path.GetExtension(full).Equals(".sdp", StringComparison.OrdinalIgnoreCase) ? SourceScheme.Sdp : SourceScheme.File;
        return new SourceUrl(scheme, "file:" + full, hasScheme || path[0] is '/' or '.' ? path : Short(path));
    }

    private static SourceUrl? OfNetwork(string text, string name, ref string? error)
    {
        if (!SchemeRules.TryFindNetworked(name, out var scheme))
        {
            var shown = name.Length > 40 ? name[..40] + "..." : name;
            error = $"The source '{Short(text)}' has the unknown scheme '{shown}'; known are {SchemeRules.Known}. Put ./ in front of a file that is called so.";
            return null;
        }

        // Receivers of UDP are commonly written without a host or with an @ before nothing: any address of this machine.
        var rest = text[(name.Length + 1)..];
        if (scheme is SourceScheme.Udp or SourceScheme.Rtp && (rest.StartsWith("//:", StringComparison.Ordinal) || rest.StartsWith("//@", StringComparison.Ordinal)))
        {
            rest = rest.StartsWith("//@:", StringComparison.Ordinal) || rest[2] == ':' ? "//0.0.0.0" + rest[rest.IndexOf(':', StringComparison.Ordinal)..] : "//" + rest[3..];
        }

        var fault = "has to go on with // after the scheme";
        UrlParts? parts = null;
        if (text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            fault = "has a space or a control character; write a space as %20";
        }
        else if (!rest.StartsWith("//", StringComparison.Ordinal) || !UrlParts.TryParse(rest[2..], out parts, out fault))
        {
            // The fault is said below.
        }
        else if (parts.Port == 0 && SchemeRules.Of(scheme).DefaultPort == 0)
        {
            fault = $"has no port, and {name} has none of its own";
        }
        else if (scheme is SourceScheme.Rtmp or SourceScheme.Rtmps)
        {
            return OfRtmp(text, name, scheme, parts, ref error);
        }
        else
        {
            var listens = scheme == SourceScheme.Srt && (parts.Query?.Split('&').Contains("mode=listener") ?? false);
            return new SourceUrl(scheme, Rebuild(name, parts, parts.Query), UrlSecrets.MaskUrl(Rebuild(name, parts, parts.Query)), parts, listens);
        }

        error = $"The URL '{Short(text)}' {fault}.";
        return null;
    }

    private static SourceUrl? OfRtmp(string text, string name, SourceScheme scheme, UrlParts parts, ref string? error)
    {
        if (parts.Path.Trim('/').Length == 0)
        {
            error = $"The URL '{Short(text)}' names no application; write it like rtmp://host/live/glasses.";
            return null;
        }

        var parameters = parts.Query?.Split('&') ?? [];
        var listen = parameters.LastOrDefault(p => p.StartsWith("listen=", StringComparison.OrdinalIgnoreCase))?["listen=".Length..];
        error = listen switch
        {
            null or "0" or "1" => null,
            _ => $"The URL '{Short(text)}' asks for a 'listen' other than 0 and 1.",
        };
        if (listen == "1" && scheme == SourceScheme.Rtmps)
        {
            error = $"The URL '{Short(text)}' asks to listen with TLS, which libav cannot; use rtmp and a proxy in front, or MediaMTX.";
        }

        if (error is not null)
        {
            return null;
        }

        // The parameter is ours; a server or a publisher would not understand it.
        var others = string.Join('&', parameters.Where(p => !p.StartsWith("listen=", StringComparison.OrdinalIgnoreCase)));
        return new SourceUrl(scheme, Rebuild(name, parts, others.Length == 0 ? null : others), UrlSecrets.MaskUrl(Rebuild(name, parts, parts.Query)), parts, listen == "1");
    }

    private static string Rebuild(string name, UrlParts parts, string? query)
    {
        var user = parts.UserInfo is null ? "" : parts.UserInfo + "@";
        var port = parts.Port == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $":{parts.Port}");
        return $"{name}://{user}{parts.HostText}{port}{parts.Path}{(query is null ? "" : "?" + query)}";
    }

    // A text that is no well-formed URL, for the sentence that says so.
    private static string Short(string text)
    {
        var safe = UrlSecrets.MaskUrl(text);
        return safe.Length <= LongestShown ? safe : safe[..LongestShown] + "...";
    }
}
