using System.Collections.Frozen;

namespace VisionStream.Ingest.Sources;

/// <summary>Takes secrets out of URLs. Thread safe. What is not known to be harmless goes: a mask too many costs a reader a second look, one too few costs a password.</summary>
internal static class Redaction
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    // Parameters of libav's protocols whose values tell a reader what happens and nobody how to get in.
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "listen", "mode", "latency", "transport", "timeout", "pkt_size", "fifo_size", "buffer_size", "overrun_nonfatal", "reuse", "localaddr", "ttl", "tcp", "udp", "multicast");

    // Names that say what was masked. Others may be part of a secret that holds an ampersand.
    private static readonly FrozenSet<string> Telling = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "user", "username", "pass", "password", "passphrase", "token", "access_token", "jwt", "key", "streamkey", "secret", "auth", "signature", "sig", "streamid", "expires");

    /// <summary>The form of a well-formed URL that may be shown to anybody.</summary>
    public static string Url(SourceScheme scheme, string name, UrlParts parts)
    {
        var path = scheme is SourceScheme.Rtmp or SourceScheme.Rtmps ? AfterApp(parts.Path) : parts.Path;
        var user = parts.UserInfo is null ? "" : Mask + "@";
        var port = parts.Port == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $":{parts.Port}");
        return $"{name}://{user}{parts.HostText}{port}{path}{Query(parts.Query)}";
    }

    /// <summary>The form of a text that is no well-formed URL, for the sentence that says so.</summary>
    public static string Rough(string text)
    {
        const int Enough = 120;
        var start = text.IndexOf("://", StringComparison.Ordinal) is var i and >= 0 ? i + 3 : 0;
        var scheme = text[..start];
        var rest = text[start..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? "" : rest[end..];
        if (tail.Contains('@', StringComparison.Ordinal))
        {
            // The host may stand before it or behind it, and a password on the other side.
            return scheme + Mask;
        }

        var at = authority.LastIndexOf('@');
        var user = at < 0 ? "" : Mask + "@";
        authority = authority[(at + 1)..];
        var colon = authority.LastIndexOf(':');
        if (start > 0 && colon >= 0 && !authority[(colon + 1)..].All(char.IsAsciiDigit))
        {
            authority = authority[..(colon + 1)] + Mask;
        }

        var question = tail.IndexOfAny(['?', '#']);
        var query = question < 0 ? "" : "?" + Mask;
        tail = question < 0 ? tail : tail[..question];
        tail = scheme.StartsWith("rtmp", StringComparison.OrdinalIgnoreCase) ? AfterApp(tail) : tail;
        var safe = $"{scheme}{user}{authority}{tail}{query}";
        return safe.Length <= Enough ? safe : safe[..Enough] + "...";
    }

    // rtmp://host/app/key: who knows the key may publish in its owner's name.
    private static string AfterApp(string path)
    {
        var key = path.Length == 0 ? -1 : path.IndexOf('/', 1);
        return key < 0 || key == path.Length - 1 ? path : path[..(key + 1)] + Mask;
    }

    private static string Query(string? query)
    {
        if (query is null)
        {
            return "";
        }

        var masked = query.Split('&').Select(static parameter =>
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? parameter : parameter[..equals];
            return Harmless.Contains(name) ? parameter : Telling.Contains(name) ? $"{name}={Mask}" : Mask;
        });
        return "?" + string.Join('&', masked);
    }
}
