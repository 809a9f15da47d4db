using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VisionStream.Tests.MediaMtx.Recording;

/// <summary>
/// A fake whose configuration entries can be added and changed as in v1.20.1, with the recorded settings; for one publisher on
/// <c>live/glasses</c>.
/// </summary>
internal sealed class ConfigurableMediaMtx
{
    private readonly JsonObject _defaults = JsonNode.Parse(Recorded.Read("api/config-pathdefaults-get.json"))!.AsObject();
    private readonly Lock _gate = new();

    public ConfigurableMediaMtx() => Entries["all_others"] = Entry("all_others", []);

    public Dictionary<string, JsonObject> Entries { get; } = [];

    public string Governing { get; set; } = "all_others";

    public string? PlaybackList { get; set; }

    /// <summary>Runs before an entry is added, as another client could come first.</summary>
    public Action? BeforeAdd { get; set; }

    public JsonObject Entry(string name, JsonObject settings)
    {
        var entry = _defaults.DeepClone().AsObject();
        foreach (var (key, value) in settings)
        {
            entry[key] = value?.DeepClone();
        }

        entry["name"] = name;
        return entry;
    }

    public Task<FakeMediaMtx> StartAsync() => FakeMediaMtx.StartAsync((context, body) =>
    {
        lock (_gate)
        {
            var (status, answer) = ControlAnswer(context.Request, body);
            return FakeMediaMtx.AnswerAsync(context, status, answer);
        }
    });

    private (int Status, string Body) ControlAnswer(HttpRequest request, string body)
    {
        var path = request.Path.Value!;
        var name = path.Split('/') is { Length: > 5 } parts && path.StartsWith("/v3/config/paths/", StringComparison.Ordinal) ? string.Join('/', parts[5..]) : "";
        switch (request.Method, path)
        {
            case ("GET", "/v3/paths/get/live/glasses"):
                var confName = Entries.ContainsKey("live/glasses") ? "live/glasses" : Governing;
                return (200, new JsonObject { ["name"] = "live/glasses", ["confName"] = confName, ["ready"] = true }.ToJsonString());
            case ("GET", "/v3/config/pathdefaults/get"):
                return (200, _defaults.ToJsonString());
            case ("GET", "/v3/recordings/get/live/glasses"):
                return (200, Recorded.Read("api/recordings-get.json"));
            case ("GET", "/list") when PlaybackList is not null:
                return (200, PlaybackList);
            case ("GET", _) when Entries.TryGetValue(name, out var entry):
                return (200, entry.ToJsonString());
            case ("PATCH", _) when Entries.TryGetValue(name, out var entry):
                foreach (var (key, value) in JsonNode.Parse(body)!.AsObject())
                {
                    entry[key] = value?.DeepClone();
                }

                return (200, Recorded.Read("api/config-paths-add.json"));
            case ("POST", _):
                BeforeAdd?.Invoke();
                return Entries.TryAdd(name, Entry(name, JsonNode.Parse(body)!.AsObject()))
                    ? (200, Recorded.Read("api/config-paths-add.json"))
                    : (400, Recorded.Read("api/config-paths-add-again.json"));
            default:
                return (404, Recorded.Read("api/config-paths-patch-missing.json"));
        }
    }
}
