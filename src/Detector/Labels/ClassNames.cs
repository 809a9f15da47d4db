using System.Globalization;
using System.Text;

namespace VisionStream.Detector.Labels;

/// <summary>
/// Reads class names from the text of a Python dict (<c>{0: 'person', 1: "a b"}</c>) or list (<c>['person', 'car']</c>), as Ultralytics
/// writes them into a model's metadata, or from the same in JSON.
/// </summary>
internal static class ClassNames
{
    /// <summary>More than any detector has (Open Images: 601, LVIS: 1203, Objects365: 365); a larger key is damage.</summary>
    private const int MaxClasses = 100_000;

    /// <summary>The names by class number, with <c>class_N</c> for numbers that the dict leaves out; <see langword="null"/> when it cannot be read.</summary>
    public static string[]? Parse(string text)
    {
        var at = 0;
        var dict = Skip(text, ref at, '{');
        if (!dict && !Skip(text, ref at, '['))
        {
            return null;
        }

        var names = new SortedDictionary<int, string>();
        var end = dict ? '}' : ']';
        while (!Skip(text, ref at, end))
        {
            var key = names.Count;
            if (dict && (!TryKey(text, ref at, out key) || !Skip(text, ref at, ':')))
            {
                return null;
            }

            if (!TryText(text, ref at, out var name) || !names.TryAdd(key, name))
            {
                return null;
            }

            if (!Skip(text, ref at, ',') && !Peek(text, at, end))
            {
                return null;
            }
        }

        return names.Count == 0 ? null : [.. Enumerable.Range(0, names.Last().Key + 1).Select(i => names.GetValueOrDefault(i, Unnamed(i)))];
    }

    /// <summary>What a class without a name is called.</summary>
    public static string Unnamed(int classId) => string.Create(CultureInfo.InvariantCulture, $"class_{classId}");

    private static bool TryKey(string text, ref int at, out int key)
    {
        if (TryText(text, ref at, out var quoted))
        {
            return int.TryParse(quoted, CultureInfo.InvariantCulture, out key) && key is >= 0 and < MaxClasses;
        }

        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out key) && key < MaxClasses;
    }

    private static bool TryText(string text, ref int at, out string value)
    {
        value = "";
        SkipSpace(text, ref at);
        if (at >= text.Length || text[at] is not ('\'' or '"'))
        {
            return false;
        }

        var quote = text[at++];
        var read = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            var c = text[at++];
            if (c != '\\' || at >= text.Length)
            {
                read.Append(c);
                continue;
            }

            c = text[at++];
            var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                read.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
            }
            else if (at + digits <= text.Length
                && int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && (digits < 8 || Rune.IsValid(code)))
            {
                // JSON writes characters beyond 16 bits as two \u, which make the right pair when appended one by one.
                read.Append(digits == 8 ? new Rune(code).ToString() : ((char)code).ToString());
                at += digits;
            }
            else
            {
                return false;
            }
        }

        value = read.ToString();
        return Skip(text, ref at, quote);
    }

    private static bool Peek(string text, int at, char wanted)
    {
        SkipSpace(text, ref at);
        return at < text.Length && text[at] == wanted;
    }

    private static bool Skip(string text, ref int at, char wanted)
    {
        SkipSpace(text, ref at);
        if (at >= text.Length || text[at] != wanted)
        {
            return false;
        }

        at++;
        return true;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }
}
