using System.Globalization;

namespace VisionStream.Host.Configuration;

/// <summary>
/// For one thread. Reads settings below one key from one or more configuration sections, of which later ones win, and collects
/// every error with the full name of its key.
/// </summary>
/// <param name="path">The key's full name, as errors give it; empty at the root.</param>
/// <param name="sections">Where to look, the winning one last.</param>
/// <param name="errors">Gets a sentence for each error.</param>
internal sealed class SettingsNode(string path, IReadOnlyList<IConfiguration> sections, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A text, or <see langword="null"/> when the key is absent or empty.</summary>
    public string? Text(string key) => TextOrEmpty(key) is { Length: > 0 } text ? text : null;

    /// <summary>A text, empty when the key is there without one, or <see langword="null"/> when it is absent.</summary>
    public string? TextOrEmpty(string key)
    {
        _known.Add(key);
        return sections.Select(s => s[key]).LastOrDefault(v => v is not null)?.Trim();
    }

    /// <summary>A number within bounds.</summary>
    public double Number(string key, double fallback, double least, double most)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        Refuse(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from {least} to {most}"));
        return fallback;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Whole(string key, int fallback, int least, int most)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        Refuse(key, $"'{text}' is not a whole number from {least} to {most}");
        return fallback;
    }

    /// <summary>Yes or no, as <c>true</c> and <c>false</c>.</summary>
    public bool Flag(string key, bool fallback)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        Refuse(key, $"'{text}' is neither true nor false");
        return fallback;
    }

    /// <summary>One of a few words, in lower case.</summary>
    public string Choice(string key, string fallback, params IReadOnlyList<string> choices)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (choices.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return text.ToLowerInvariant();
        }

        Refuse(key, $"'{text}' is not one of {string.Join(", ", choices)}");
        return fallback;
    }

    /// <summary>A list, given as an array or as one text with commas.</summary>
    public IReadOnlyList<string> List(string key, IReadOnlyList<string> fallback)
    {
        if (Text(key) is { } text)
        {
            return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        var items = sections.Select(s => s.GetSection(key).GetChildren().Select(c => c.Value ?? "").ToArray())
            .LastOrDefault(a => a.Length > 0);
        return items ?? fallback;
    }

    /// <summary>The entries of an array of objects, each with the key that errors should name.</summary>
    public IEnumerable<(string Path, IConfigurationSection Section)> Entries(string key)
    {
        _known.Add(key);
        return sections.SelectMany(s => s.GetSection(key).GetChildren()).Select(c => ($"{Full(key)}[{c.Key}]", c));
    }

    /// <summary>The settings below a key.</summary>
    public SettingsNode Child(string key)
    {
        _known.Add(key);
        return new SettingsNode(Full(key), [.. sections.Select(s => s.GetSection(key))], errors);
    }

    /// <summary>Whether anything is said below a key.</summary>
    public bool Has(string key)
    {
        _known.Add(key);
        return sections.Any(s => s.GetSection(key).Exists());
    }

    /// <summary>Adds an error about a key.</summary>
    public void Refuse(string key, string why) => errors.Add($"{Full(key)}: {why}.");

    /// <summary>Adds an error for each key that nobody asked for: a misspelt setting must not pass in silence.</summary>
    public void RefuseUnknown()
    {
        var present = sections.SelectMany(s => s.GetChildren()).Select(c => c.Key).Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var key in present.Where(k => !_known.Contains(k)))
        {
            Refuse(key, $"there is no such setting; there are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    private string Full(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
