using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.Subscriptions;

/// <summary>
/// Stateless. Reads subscriptions from a query (<c>?streams=a,b&amp;classes=person,dog&amp;min_confidence=0.5&amp;max_fps=5</c>) and from a
/// subscriber's <c>{"type":"subscribe",...}</c>. What is not given is not limited; other keys of a query are left to others.
/// </summary>
internal static class SubscriptionReader
{
    /// <summary>Streams one subscription may name; with more of them a subscription for all is the better request.</summary>
    public const int MaxStreams = 64;

    /// <summary>Classes one subscription may name; the largest common label set, Objects365, has 365.</summary>
    public const int MaxClasses = 400;

    /// <summary>The longest label accepted, in characters.</summary>
    public const int MaxLabelLength = 100;

    /// <summary>The highest limit that still is one: no camera is faster.</summary>
    public const double HighestFps = 1000;

    /// <summary>Reads a query; <paramref name="error"/> is a sentence that names the key.</summary>
    public static bool TryRead(
        IQueryCollection query, [NotNullWhen(true)] out Subscription? subscription, [NotNullWhen(false)] out string? error)
    {
        subscription = null;
        if (!TryNumber(query, "min_confidence", out var confidence, out error) || !TryNumber(query, "max_fps", out var fps, out error))
        {
            return false;
        }

        return TryBuild(List(query, "streams"), List(query, "classes"), confidence, fps, out subscription, out error);

        static string[]? List(IQueryCollection query, string key) =>
            query.TryGetValue(key, out var values)
                ? [.. values.SelectMany(v => (v ?? "").Split(',')).Select(v => v.Trim())]
                : null;
    }

    /// <summary>Reads a subscriber's message; <paramref name="error"/> is a sentence for its author.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> json, [NotNullWhen(true)] out Subscription? subscription, [NotNullWhen(false)] out string? error)
    {
        subscription = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("subscribe"u8))
            {
                error = """The message is not understood; send {"type":"subscribe"} with streams, classes, min_confidence or max_fps.""";
                return false;
            }

            string[]? streams = null, classes = null;
            double? confidence = null, fps = null;
            foreach (var property in root.EnumerateObject())
            {
                error = property.Name switch
                {
                    "type" => null,
                    "streams" => ReadList(property, out streams),
                    "classes" => ReadList(property, out classes),
                    "min_confidence" => ReadNumber(property, out confidence),
                    "max_fps" => ReadNumber(property, out fps),
                    _ => $"'{Shorten(property.Name)}' is not known; a subscription has streams, classes, min_confidence and max_fps.",
                };
                if (error is not null)
                {
                    return false;
                }
            }

            return TryBuild(streams, classes, confidence, fps, out subscription, out error);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what JsonElement says to text that is not UTF-16, such as a lone surrogate escape.
            error = """The message is not JSON; send {"type":"subscribe"} with streams, classes, min_confidence or max_fps.""";
            return false;
        }
    }

    private static bool TryBuild(
        string[]? streams, string[]? classes, double? confidence, double? fps,
        [NotNullWhen(true)] out Subscription? subscription, [NotNullWhen(false)] out string? error)
    {
        subscription = null;
        error = CheckCount("streams", streams, MaxStreams) ?? CheckCount("classes", classes, MaxClasses);
        if (error is not null)
        {
            return false;
        }

        var names = new SortedSet<StreamName>(Comparer<StreamName>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)));
        foreach (var text in streams ?? [])
        {
            if (!StreamName.TryParse(text, out var name, out error))
            {
                return false;
            }

            names.Add(name);
        }

        error = (classes ?? []).FirstOrDefault(c => c.Length is 0 or > MaxLabelLength || c.Any(char.IsControl)) is { } bad
                ? $"classes has '{Shorten(bad)}', which is no label; name some like person,dog."
            : confidence is not null and not (>= 0 and <= 1)
                ? $"min_confidence is {Text(confidence)}; it goes from 0 to 1."
            : fps is not null and not (> 0 and <= HighestFps)
                ? $"max_fps is {Text(fps)}; it is above 0 and at most {HighestFps}. Leave it out for no limit."
            : null;
        subscription = error is null ? new([.. names], new DetectionFilter(classes ?? [], (float)(confidence ?? 0)), fps ?? 0) : null;
        return subscription is not null;
    }

    private static string? CheckCount(string key, string[]? values, int most) =>
        values switch
        {
            null => null,
            [] or [""] => $"{key} is empty; name some, or leave it out for all.",
            _ when values.Length > most => $"{key} has {values.Length} names; {most} are allowed.",
            _ => null,
        };

    private static bool TryNumber(IQueryCollection query, string key, out double? number, [NotNullWhen(false)] out string? error)
    {
        number = null;
        error = null;
        if (!query.TryGetValue(key, out var values))
        {
            return true;
        }

        if (values.Count == 1 && double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed))
        {
            number = parsed;
            return true;
        }

        error = $"{key} is '{Shorten(StringValues.IsNullOrEmpty(values) ? "" : values.ToString())}'; give one number, like 0.5.";
        return false;
    }

    private static string? ReadList(JsonProperty property, out string[]? values)
    {
        values = null;
        if (property.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (property.Value.ValueKind != JsonValueKind.Array
            || property.Value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String))
        {
            return $"{property.Name} is not a list of texts; write it like [\"a\",\"b\"].";
        }

        values = [.. property.Value.EnumerateArray().Select(v => v.GetString()!)];
        return null;
    }

    private static string? ReadNumber(JsonProperty property, out double? number)
    {
        number = null;
        if (property.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (property.Value.ValueKind != JsonValueKind.Number || !property.Value.TryGetDouble(out var parsed))
        {
            return $"{property.Name} is not a number; write it like 0.5.";
        }

        number = parsed;
        return null;
    }

    private static string Text(double? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");
}
