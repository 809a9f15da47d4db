using System.Text.Json;

namespace VisionStream.Tests.Broadcaster;

/// <summary>
/// Writes what a JSON value is made of, field by field in their order, and leaves the values out: <c>{a:number,b:[string]}</c>.
/// A list is described by its distinct elements.
/// </summary>
internal static class JsonShape
{
    public static string Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return Of(JsonElement.ParseValue(ref reader));
    }

    public static string Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", element.EnumerateObject().Select(p => $"{p.Name}:{Of(p.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join("|", element.EnumerateArray().Select(Of).Distinct()) + "]",
        JsonValueKind.Number => element.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        _ => "string",
    };
}
