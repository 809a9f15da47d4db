using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VisionStream.Ingest.Sources;

/// <summary>
/// A network URL cut the way libav's av_url_split cuts it, so that what is checked and redacted here is what is opened there:
/// the authority ends at the first of <c>/ ? #</c>, and the last <c>@</c> in it ends the user info.
/// </summary>
/// <param name="UserInfo">What stands before the <c>@</c>, as written; <see langword="null"/> without one.</param>
/// <param name="Host">Name or address; an IPv6 address without its brackets.</param>
/// <param name="Port">1 to 65535, or 0 when none is given.</param>
/// <param name="Path">Empty or from the first slash on.</param>
/// <param name="Query">What follows the <c>?</c>; <see langword="null"/> without one. A fragment is not part of it.</param>
internal sealed record UrlParts(string? UserInfo, string Host, int Port, string Path, string? Query)
{
    /// <summary>The host as a URL shows it.</summary>
    public string HostText => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Cuts what follows <c>scheme://</c>; <paramref name="fault"/> is the predicate of a sentence, such as "has no host".</summary>
    public static bool TryParse(string rest, [NotNullWhen(true)] out UrlParts? parts, [NotNullWhen(false)] out string? fault)
    {
        parts = null;
        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? "" : rest[end..];
        if (tail.Contains('@', StringComparison.Ordinal))
        {
            // libav would call the host before it, the user more likely meant the one behind it.
            fault = "has an '@' after the host's place; in a user name or password write / ? # as %2F %3F %23, elsewhere write @ as %40";
            return false;
        }

        var fragment = tail.IndexOf('#', StringComparison.Ordinal);
        tail = fragment < 0 ? tail : tail[..fragment];
        var question = tail.IndexOf('?', StringComparison.Ordinal);
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        if (!TryCutPort(ref host, out var port, out fault))
        {
            return false;
        }

        parts = new UrlParts(
            at < 0 ? null : authority[..at], host, port, question < 0 ? tail : tail[..question], question < 0 ? null : tail[(question + 1)..]);
        return true;
    }

    private static bool TryCutPort(ref string host, out int port, [NotNullWhen(false)] out string? fault)
    {
        port = 0;
        var text = "";
        if (host.StartsWith('['))
        {
            var bracket = host.IndexOf(']', StringComparison.Ordinal);
            var after = bracket < 0 ? "" : host[(bracket + 1)..];
            var address = bracket < 0 ? "" : host[1..bracket];
            if (!System.Net.IPAddress.TryParse(address, out _) || !address.Contains(':', StringComparison.Ordinal) || after is not ("" or [':', ..]))
            {
                fault = "has a host in brackets that is no IPv6 address";
                return false;
            }

            (host, text) = (address, after.TrimStart(':'));
        }
        else if (host.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
        {
            (host, text) = (host[..colon], host[(colon + 1)..]);
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
        fault = (host, text) switch
        {
            ("", _) => "has no host",
            _ when !host.Contains(':', StringComparison.Ordinal) && host.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_')) =>
                "has a host with a character other than letters, digits, '-', '.' and '_'",
            (_, "") => null,
            _ when text.All(char.IsAsciiDigit) && (!isNumber || port is < 1 or > 65535) => "has a port out of range; ports go from 1 to 65535",
            _ when !isNumber => "has a port that is not a number; a ':' or '/' in a user name or password has to be written as %3A or %2F",
            _ => null,
        };
        return fault is null;
    }
}
