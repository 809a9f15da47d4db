using System.Diagnostics.CodeAnalysis;

namespace VisionStream.Core.Streams;

/// <summary>
/// The name of a stream, which is also its path on MediaMTX: one or more segments of letters, digits and <c>_ - . ~ :</c>,
/// separated by single slashes, 200 characters at most. For example <c>live/glasses</c>.
/// </summary>
/// <remarks>The alphabet is the one MediaMTX accepts in a path, so that a name never has to be escaped in its URLs.</remarks>
public readonly record struct StreamName
{
    /// <summary>The longest name accepted. RTMP clients limit a whole URL to 1024 characters, so this leaves room for credentials.</summary>
    public const int MaxLength = 200;

    private readonly string? _value;

    private StreamName(string value) => _value = value;

    /// <summary>The name as text; empty for <c>default(StreamName)</c>, which no stream has.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a name; <paramref name="error"/> is a sentence that says what is wrong and what is allowed.</summary>
    public static bool TryParse(string? text, out StreamName name, [NotNullWhen(false)] out string? error)
    {
        name = default;
        error = text switch
        {
            null or "" => "A stream name is empty; give one such as live/glasses.",
            { Length: > MaxLength } => $"The stream name '{text[..40]}...' has {text.Length} characters; {MaxLength} are allowed.",
            _ when text.Split('/').Any(s => s is "" or "." or "..") =>
                $"The stream name '{text}' has an empty or dotted segment; write it like live/glasses.",
            _ when text.Any(c => !IsAllowed(c)) =>
                $"The stream name '{text}' has a character other than letters, digits, '_', '-', '.', '~', ':' and '/'.",
            _ => null,
        };
        if (error is not null)
        {
            return false;
        }

        name = new StreamName(text!);
        return true;
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">The text is no stream name; the message says why.</exception>
    public static StreamName Parse(string? text) => TryParse(text, out var name, out var error) ? name : throw new FormatException(error);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '~' or ':' or '/';
}
