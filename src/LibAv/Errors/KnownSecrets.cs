using System.Collections.Immutable;

namespace VisionStream.LibAv;

/// <summary>
/// Thread safe. The secrets of all that is open, inputs and outputs, to be kept out of lines that others write: a server may answer
/// with the stream key in its error message, and libav logs it as it came.
/// </summary>
internal static class KnownSecrets
{
    private static ImmutableList<string> _known = [];

    /// <summary>Adds the secrets of a URL until the result is disposed.</summary>
    public static IDisposable Add(string url)
    {
        var secrets = UrlSecrets.Of(url);

        // The longest first, so that none leaves the rest of another behind.
        _ = ImmutableInterlocked.Update(ref _known, static (all, added) => all.AddRange(added).Sort(static (a, b) => b.Length.CompareTo(a.Length)), secrets);
        return new Entry(secrets);
    }

    /// <summary>The text with all known secrets masked.</summary>
    public static string Mask(string text)
    {
        foreach (var secret in Volatile.Read(ref _known))
        {
            text = text.Contains(secret, StringComparison.Ordinal) ? text.Replace(secret, UrlSecrets.Replacement, StringComparison.Ordinal) : text;
        }

        return text;
    }

    private sealed class Entry(IReadOnlyList<string> secrets) : IDisposable
    {
        private IReadOnlyList<string> _secrets = secrets;

        public void Dispose()
        {
            // One of each: two may share a password.
            foreach (var secret in Interlocked.Exchange(ref _secrets, []))
            {
                _ = ImmutableInterlocked.Update(ref _known, static (all, gone) => all.Remove(gone), secret);
            }
        }
    }
}
