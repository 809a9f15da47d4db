using System.Text.RegularExpressions;

namespace VisionStream.LibAv;

/// <summary>Takes passwords and tokens out of URLs before they reach a log line, an exception or a subscriber. Thread safe.</summary>
public static partial class UrlSecrets
{
    /// <summary>The text with <c>user:pass@</c> and the values of <c>pass=</c>, <c>token=</c> and the like replaced by <c>***</c>; any text may hold any number of URLs.</summary>
    public static string Mask(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            text = UserInfo().Replace(text, "$1***@");
        }

        return text.Contains('=', StringComparison.Ordinal) ? Parameter().Replace(text, "$1***") : text;
    }

    // The last @ before the path ends the user info: passwords with an unescaped @ are common in camera URLs.
    [GeneratedRegex(@"([A-Za-z][A-Za-z0-9+.-]*://)[^\s/?#'""]*@")]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"([?&;](?:user|pass|password|passwd|pwd|passphrase|token|jwt|key|secret|access_token|api_key|apikey|auth|sig|signature)=)[^&;\s#'""]*", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
