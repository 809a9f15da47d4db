using System.Diagnostics.CodeAnalysis;
using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Naming;

/// <summary>
/// A pattern for names of streams, such as <c>live/*</c>: a <c>*</c> stands for any characters, slashes among them, everything else
/// for itself. Immutable.
/// </summary>
public sealed record NamePattern
{
    private NamePattern(string text) => Text = text;

    /// <summary>Every name.</summary>
    public static NamePattern Any { get; } = new("*");

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>The pattern that is met by one name only.</summary>
    public static NamePattern Exactly(StreamName name) => new(name.Value);

    /// <summary>Reads a pattern; <paramref name="error"/> is a sentence that says what is wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NamePattern? pattern, [NotNullWhen(false)] out string? error)
    {
        // A letter in place of every star leaves a name when the rest is right.
        var (ok, why) = (StreamName.TryParse(text?.Replace('*', 'x'), out _, out var reason), reason);
        pattern = ok ? new NamePattern(text!) : null;
        error = ok ? null : $"'{text}' is no pattern such as live/*: {why}";
        return ok;
    }

    /// <summary>Whether a name meets the pattern; upper and lower case differ, as they do in MediaMTX.</summary>
    public bool Matches(StreamName name)
    {
        var (pattern, text) = (Text, name.Value);
        var (p, t, star, retry) = (0, 0, -1, 0);

        // The last star takes one character more whenever what follows it does not fit; earlier stars never need another look.
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
