using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace VisionStream.LibAv;

/// <summary>
/// Takes passwords, stream keys and tokens out of URLs before they reach a log line, an exception or a subscriber. Thread safe. What is
/// not known to be harmless goes: a mask too many costs a reader a second look, one too few costs a password.
/// </summary>
public static partial class UrlSecrets
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Replacement = "***";

    // Shorter ones would punch holes into ordinary words.
    private const int ShortestKnown = 4;

    // Parameters of libav's protocols whose values tell a reader what happens and nobody how to get in.
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "listen", "mode", "latency", "transport", "timeout", "pkt_size", "fifo_size", "buffer_size", "overrun_nonfatal", "reuse", "localaddr", "ttl", "tcp", "udp", "multicast");

    // Names that say what was masked. Others may be part of a secret that holds an ampersand.
    private static readonly FrozenSet<string> Telling = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "user", "username", "pass", "passwd", "pwd", "password", "passphrase", "token", "access_token", "jwt", "key", "api_key", "apikey", "streamkey", "secret", "auth",
        "signature", "sig", "streamid", "expires");

    /// <summary>
    /// A text that may hold any number of URLs, which end at a space or a quotation mark there: their secrets and the values of
    /// <c>?pass=</c>, <c>&amp;token=</c> and the like outside of them are masked.
    /// </summary>
    public static string Mask(string text)
    {
        if (text.Contains("//", StringComparison.Ordinal))
        {
            // A filter graph's URL has its colons escaped, and its parts are escaped further: nothing of it is taken apart.
            text = UrlInText().Replace(text, static found => found.Groups["colon"].Value == "://"
                ? MaskUrl(found.Groups["url"].Value) + found.Groups["mark"].Value
                : found.Groups["scheme"].Value + "://" + Replacement);
        }

        return text.Contains('=', StringComparison.Ordinal)
            ? Parameter().Replace(text, static found => Telling.Contains(found.Groups["name"].Value) ? found.Groups["before"].Value + Replacement : found.Value)
            : text;
    }

    /// <summary>What libav opens: one URL as a whole, or else a file, a device or a filter graph.</summary>
    public static string MaskAddress(string address) => SchemeAtStart().IsMatch(address) ? MaskUrl(address) : Mask(address);

    /// <summary>
    /// A text that is one URL, or was meant as one: scheme, host, port and path are left, of an RTMP URL the application alone, since
    /// who knows the key behind it may publish in its owner's name.
    /// </summary>
    public static string MaskUrl(string url)
    {
        var (scheme, authority, path, query) = Cut(url);
        if (path.Contains('@', StringComparison.Ordinal) || query?.Contains('@', StringComparison.Ordinal) == true)
        {
            // The host may stand before it or behind it, and a password on the other side.
            return scheme + Replacement;
        }

        var at = authority.LastIndexOf('@');
        var user = at < 0 ? "" : Replacement + "@";
        authority = authority[(at + 1)..];
        var colon = authority.LastIndexOf(':');
        if (scheme.Length > 0 && colon > authority.LastIndexOf(']') && !authority[(colon + 1)..].All(char.IsAsciiDigit))
        {
            // No port: what a user put there may be a password whose host was forgotten.
            authority = authority[..(colon + 1)] + Replacement;
        }

        return $"{scheme}{user}{authority}{(KeyAt(scheme, path) is { } key ? path[..key] + Replacement : path)}{MaskQuery(query)}";
    }

    /// <summary>
    /// What of a URL must not appear anywhere, longest first: user info, stream key, parameter values. For lines of others, which may
    /// quote them without the URL.
    /// </summary>
    internal static IReadOnlyList<string> Of(string url)
    {
        if (!SchemeAtStart().IsMatch(url))
        {
            return [];
        }

        var (scheme, authority, path, query) = Cut(url);
        var found = new List<string>();
        if (authority.LastIndexOf('@') is var at and > 0)
        {
            found.Add(authority[(authority.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 && colon < at ? colon + 1 : 0)..at]);
        }

        if (KeyAt(scheme, path) is { } key)
        {
            found.AddRange([path[key..], path[(path.LastIndexOf('/') + 1)..]]);
        }

        foreach (var parameter in query?.Split('&') ?? [])
        {
            var name = parameter.Split('=', 2)[0];
            if (!Harmless.Contains(name))
            {
                var value = parameter[Math.Min(parameter.Length, name.Length + 1)..];

                // An SRT stream identifier holds a password behind its last colon; a parameter without a value may be a token.
                found.AddRange([value.Length == 0 ? name : value, value[(value.LastIndexOf(':') + 1)..]]);
            }
        }

        return [.. found.SelectMany(static s => new[] { s, Uri.UnescapeDataString(s) }).Where(static s => s.Length >= ShortestKnown).Distinct()
            .OrderByDescending(static s => s.Length)];
    }

    // As libav's av_url_split: the authority ends at the first of / ? #. A fragment is nobody's business.
    private static (string Scheme, string Authority, string Path, string? Query) Cut(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) is var i and >= 0 ? i + 3 : 0;
        var rest = url[start..];
        var end = rest.IndexOfAny(['/', '?', '#']) is var e and >= 0 ? e : rest.Length;
        var tail = rest[end..];
        if (tail.Contains('@', StringComparison.Ordinal))
        {
            return (url[..start], rest[..end], tail, null);
        }

        tail = tail.Split('#', 2)[0];
        var question = tail.IndexOf('?', StringComparison.Ordinal);
        return (url[..start], rest[..end], question < 0 ? tail : tail[..question], question < 0 ? null : tail[(question + 1)..]);
    }

    // rtmp://host/app/key: where the key begins.
    private static int? KeyAt(string scheme, string path) =>
        scheme.StartsWith("rtmp", StringComparison.OrdinalIgnoreCase) && path.Length > 0 && path.IndexOf('/', 1) is var slash and > 0 && slash < path.Length - 1
            ? slash + 1
            : null;

    private static string MaskQuery(string? query) => query is null ? "" : "?" + string.Join('&', query.Split('&').Select(static parameter =>
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? parameter : parameter[..equals];
        return Harmless.Contains(name) ? parameter : Telling.Contains(name) ? $"{name}={Replacement}" : Replacement;
    }));

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*://")]
    private static partial Regex SchemeAtStart();

    // A mark at the end belongs to the sentence around it.
    [GeneratedRegex(@"(?<url>(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)(?<colon>\\*:\\*/\\*/)[^\s'""]*?)(?<mark>[.,:;)\]]*)(?=[\s'""]|$)")]
    private static partial Regex UrlInText();

    [GeneratedRegex(@"(?<before>[?&;](?<name>[A-Za-z_]+)=)[^&;\s#'""]*")]
    private static partial Regex Parameter();
}
