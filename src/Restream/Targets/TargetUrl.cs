using System.Diagnostics.CodeAnalysis;
using VisionStream.LibAv;

namespace VisionStream.Restream.Targets;

/// <summary>
/// Where a stream is sent to, checked. Immutable. <see cref="Redacted"/> (which is also the text form) is the only form that may be
/// logged, shown or sent.
/// </summary>
public sealed class TargetUrl
{
    private static readonly Dictionary<string, TargetKind> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["rtsp"] = TargetKind.Rtsp,
        ["rtsps"] = TargetKind.Rtsp,
        ["rtmp"] = TargetKind.Rtmp,
        ["rtmps"] = TargetKind.Rtmp,
        ["srt"] = TargetKind.Srt,
    };

    // Containers that hold H.264 and can be written as they grow.
    private static readonly string[] Extensions = [".mkv", ".ts", ".flv", ".mp4"];

    private TargetUrl(TargetKind kind, string url)
    {
        Kind = kind;
        Url = url;
    }

    /// <summary>How it is sent.</summary>
    public TargetKind Kind { get; }

    /// <summary>The URL without user info, stream key and parameter values: safe to show.</summary>
    public string Redacted => Kind == TargetKind.File ? Url : UrlSecrets.MaskUrl(Url);

    /// <summary>The name of libav's muxer; <see langword="null"/> where the extension says it.</summary>
    internal string? Muxer => Kind switch
    {
        TargetKind.Rtsp => "rtsp",
        TargetKind.Rtmp => "flv",
        TargetKind.Srt => "mpegts",
        _ => null,
    };

    /// <summary>What libav opens.</summary>
    internal string Url { get; }

    /// <summary>Reads a target; <paramref name="error"/> is a sentence that says what is wrong and what to write.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TargetUrl? target, [NotNullWhen(false)] out string? error)
    {
        target = null;
        error = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            error = "The target is empty; give a URL such as rtsp://HOST:8554/live/name.";
            return false;
        }

        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon > 0 && Schemes.TryGetValue(text[..colon], out var kind))
        {
            target = ParseNetwork(kind, text, out error);
        }
        else if (colon > 0 && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            error = $"'{text[..colon]}' is no kind of target; use rtsp, rtsps, rtmp, rtmps, srt or a file.";
        }
        else if (!Extensions.Contains(Path.GetExtension(text), StringComparer.OrdinalIgnoreCase))
        {
            error = $"A target that is no URL is a file, and its name has to end in {string.Join(", ", Extensions)}.";
        }
        else
        {
            var path = text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? new Uri(text, UriKind.Absolute).LocalPath : text;
            target = new TargetUrl(TargetKind.File, "file:" + Path.GetFullPath(path));
        }

        return target is not null;
    }

    /// <summary>Reads a target.</summary>
    /// <exception cref="FormatException">The text is no target; the message says why.</exception>
    public static TargetUrl Parse(string? text) => TryParse(text, out var target, out var error) ? target : throw new FormatException(error);

    /// <summary>Whether sound of a codec can be sent there as it is.</summary>
    /// <param name="codec">libav's name of the codec.</param>
    public bool Takes(string codec) => Kind switch
    {
        // Payload formats that libav's RTP packetiser and MediaMTX both know.
        TargetKind.Rtsp => codec is "aac" or "opus" or "mp3" or "pcm_alaw" or "pcm_mulaw",

        // FLV's own codecs; its enhanced form, which adds Opus, is younger than the FFmpeg we go down to.
        TargetKind.Rtmp => codec is "aac" or "mp3",
        TargetKind.Srt => codec is "aac" or "opus" or "mp3",
        _ => Path.GetExtension(Url).ToUpperInvariant() switch
        {
            ".FLV" => codec is "aac" or "mp3",
            ".MKV" => true,
            _ => codec is "aac" or "opus" or "mp3",
        },
    };

    /// <inheritdoc/>
    public override string ToString() => Redacted;

    private static TargetUrl? ParseNetwork(TargetKind kind, string text, out string? error)
    {
        error = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            error = $"'{UrlSecrets.MaskUrl(text)}' is no URL; write it like rtsp://HOST:8554/live/name.";
        }
        else if (kind != TargetKind.Srt && uri.AbsolutePath.Trim('/').Length == 0)
        {
            error = $"'{UrlSecrets.MaskUrl(text)}' names no stream; add its path, as in rtsp://HOST:8554/live/name.";
        }
        else if (kind == TargetKind.Rtmp && uri.AbsolutePath.Trim('/').Split('/').Length < 2)
        {
            error = $"'{UrlSecrets.MaskUrl(text)}' has one path segment and RTMP wants two, application and key: rtmp://HOST/live/name.";
        }
        else if (kind == TargetKind.Srt && uri.Port <= 0)
        {
            error = $"'{UrlSecrets.MaskUrl(text)}' names no port; SRT has no usual one. Write srt://HOST:8890?streamid=publish:live/name.";
        }

        return error is null ? new TargetUrl(kind, text) : null;
    }
}
