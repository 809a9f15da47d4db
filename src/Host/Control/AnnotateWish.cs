using System.Text.Json;
using System.Text.Json.Serialization;

namespace VisionStream.Host.Control;

/// <summary>
/// What is to become of a stream's annotated video. In JSON: <c>false</c> for nothing, <c>true</c> for MediaMTX's path
/// NAME-annotated, or the URL that it goes to. Immutable.
/// </summary>
/// <param name="Wanted">Whether there is to be one.</param>
/// <param name="Url">Where it goes; <see langword="null"/> for MediaMTX.</param>
[JsonConverter(typeof(Converter))]
internal sealed record AnnotateWish(bool Wanted, string? Url)
{
    private sealed class Converter : JsonConverter<AnnotateWish>
    {
        public override AnnotateWish Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => new AnnotateWish(true, null),
            JsonTokenType.False => new AnnotateWish(false, null),
            JsonTokenType.String => new AnnotateWish(true, reader.GetString()),
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, AnnotateWish value, JsonSerializerOptions options)
        {
            if (value.Url is null)
            {
                writer.WriteBooleanValue(value.Wanted);
            }
            else
            {
                writer.WriteStringValue(value.Url);
            }
        }
    }
}
