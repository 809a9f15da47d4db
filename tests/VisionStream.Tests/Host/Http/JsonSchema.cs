using System.Text.Json;

namespace VisionStream.Tests.Host.Http;

/// <summary>The part of JSON Schema 2020-12 that the OpenAPI document uses, strictly: a property that is not described does not fit.</summary>
internal sealed class JsonSchema(JsonElement document)
{
    /// <summary>All that does not fit, a line each.</summary>
    public IReadOnlyList<string> Misfits(JsonElement schema, JsonElement value, string path = "$")
    {
        var found = new List<string>();
        Check(schema, value, path, found);
        return found;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> found)
    {
        schema = Resolve(schema);
        foreach (var choice in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(choice, out var choices))
            {
                if (!choices.EnumerateArray().Any(c => Misfits(c, value, path).Count == 0))
                {
                    found.Add($"{path}: {value} fits none of {choices}");
                }

                return;
            }
        }

        if (schema.TryGetProperty("type", out var type))
        {
            var types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : (string[])[type.GetString()!];
            if (!types.Any(t => Is(value, t)))
            {
                found.Add($"{path}: {value} is no {string.Join(" or ", types)}");
            }
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]", found);
            }
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(schema, value, path, found);
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, List<string> found)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var described))
            {
                Check(described, property.Value, $"{path}.{property.Name}", found);
            }
            else if (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.Object)
            {
                Check(additional, property.Value, $"{path}.{property.Name}", found);
            }
            else
            {
                found.Add($"{path}.{property.Name} is not described");
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            found.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{path}.{r} is missing"));
        }
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/')[1..].Aggregate(document, (at, name) => at.GetProperty(name));
        }

        return schema;
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
