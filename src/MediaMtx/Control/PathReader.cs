using System.Text.Json;
using System.Text.Json.Nodes;

namespace VisionStream.MediaMtx.Control;

/// <summary>
/// Stateless. Reads the objects of MediaMTX's control API v3 as of v1.9 to v1.20: what a version does not have keeps its default,
/// what it has beyond is passed over, what has another type than expected counts as absent. Only a name is needed. A text that is none
/// in Unicode is an <see cref="InvalidOperationException"/>.
/// </summary>
internal static class PathReader
{
    /// <summary>A path, or <see langword="null"/> when it is none.</summary>
    public static MediaPath? Path(JsonElement json)
    {
        if (Text(json, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        var ready = Flag(json, "ready");
        var available = Flag(json, "available") ?? ready ?? false;
        var (tracks, width, height) = Tracks(json);
        return new MediaPath
        {
            Name = name,
            ConfigurationName = Text(json, "confName") ?? "",
            Available = available,
            Online = Flag(json, "online") ?? available,
            OnlineSince = Time(json, "onlineTime") ?? Time(json, "availableTime") ?? Time(json, "readyTime"),
            Source = Source(json),
            Tracks = tracks,
            Width = width,
            Height = height,
            Readers = Items(json, "readers").Count(),
            InboundBytes = Whole(json, "inboundBytes") ?? Whole(json, "bytesReceived") ?? 0,
            OutboundBytes = Whole(json, "outboundBytes") ?? Whole(json, "bytesSent") ?? 0,
            InboundFramesInError = Whole(json, "inboundFramesInError") ?? 0,
        };
    }

    /// <summary>Recordings of a path, or <see langword="null"/> when it is none.</summary>
    public static RecordedPath? Recording(JsonElement json)
    {
        if (Text(json, "name") is not { Length: > 0 } name)
        {
            return null;
        }

        var starts = Items(json, "segments").Select(segment => Time(segment, "start")).OfType<DateTimeOffset>();
        return new RecordedPath(name, [.. starts.Order()]);
    }

    /// <summary>Who answers, or <see langword="null"/> when it is not MediaMTX.</summary>
    public static ServerInfo? Info(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object ? new ServerInfo(Text(json, "version") ?? "", Time(json, "started")) : null;

    /// <summary>Settings, or <see langword="null"/> when it is no object. All of it is read now: nothing in it throws later.</summary>
    public static JsonObject? Settings(JsonElement json) => Node(json) as JsonObject;

    /// <summary>A text, or <see langword="null"/>.</summary>
    public static string? Text(JsonElement json, string key) =>
        Find(json, key) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>A whole number, or <see langword="null"/>.</summary>
    public static long? Whole(JsonElement json, string key) =>
        Find(json, key) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var value) ? value : null;

    /// <summary>The entries of a list; none when there is no list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement json, string key) =>
        Find(json, key) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    private static JsonNode? Node(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Node(p.Value)))),
        JsonValueKind.Array => new JsonArray([.. json.EnumerateArray().Select(Node)]),
        JsonValueKind.String => JsonValue.Create(json.GetString()),
        _ => JsonValue.Create(json.Clone()),
    };

    private static JsonElement? Find(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var found) ? found : null;

    private static bool? Flag(JsonElement json, string key) => Find(json, key)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static DateTimeOffset? Time(JsonElement json, string key) =>
        Find(json, key) is { ValueKind: JsonValueKind.String } found && found.TryGetDateTimeOffset(out var value) ? value : null;

    private static PathSource? Source(JsonElement json) =>
        Find(json, "source") is { } source && Text(source, "type") is { Length: > 0 } type ? new PathSource(type, Text(source, "id") ?? "") : null;

    private static (IReadOnlyList<string> Codecs, int Width, int Height) Tracks(JsonElement json)
    {
        var codecs = new List<string>();
        var (width, height) = (0L, 0L);
        foreach (var track in Items(json, "tracks2"))
        {
            codecs.Add(Text(track, "codec") ?? "");
            if (width == 0 && Find(track, "codecProps") is { } props)
            {
                (width, height) = (Whole(props, "width") ?? 0, Whole(props, "height") ?? 0);
            }
        }

        if (codecs.Count == 0)
        {
            codecs.AddRange(Items(json, "tracks").Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!));
        }

        return (codecs, (int)Math.Clamp(width, 0, int.MaxValue), (int)Math.Clamp(height, 0, int.MaxValue));
    }
}
