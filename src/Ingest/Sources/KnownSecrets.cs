using System.Collections.Immutable;

namespace VisionStream.Ingest.Sources;

/// <summary>
/// Thread safe. The secrets of all sources in use, to be kept out of lines that others write: a server may answer with the stream
/// key in its error message, and libav logs it as it came.
/// </summary>
internal static class KnownSecrets
{
    private static ImmutableList<string> _known = [];

    /// <summary>Adds the secrets of a source until the result is disposed.</summary>
    public static IDisposable Add(SourceUrl source)
    {
        string[] secrets = [.. source.Secrets];
        _ = ImmutableInterlocked.Update(ref _known, static (all, added) => all.AddRange(added), secrets);
        return new Entry(secrets);
    }

    /// <summary>The text with all known secrets masked.</summary>
    public static string Mask(string text)
    {
        foreach (var secret in Volatile.Read(ref _known))
        {
            text = text.Contains(secret, StringComparison.Ordinal) ? text.Replace(secret, Redaction.Mask, StringComparison.Ordinal) : text;
        }

        return text;
    }

    private sealed class Entry(string[] secrets) : IDisposable
    {
        private string[] _secrets = secrets;

        public void Dispose()
        {
            // One of each: two sources may share a password.
            foreach (var secret in Interlocked.Exchange(ref _secrets, []))
            {
                _ = ImmutableInterlocked.Update(ref _known, static (all, gone) => all.Remove(gone), secret);
            }
        }
    }
}
