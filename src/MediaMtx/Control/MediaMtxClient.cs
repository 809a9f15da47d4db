using System.Text.Json;
using System.Text.Json.Nodes;
using VisionStream.Core.Streams;

namespace VisionStream.MediaMtx.Control;

/// <summary>
/// Safe from any thread. MediaMTX's control API, version 3, as of v1.9 to v1.20. Every expected ending is an
/// <see cref="ControlOutcome"/> with a sentence; only the caller's cancellation is thrown. Changes of the configuration live in
/// MediaMTX's memory and are gone when it restarts.
/// </summary>
public sealed class MediaMtxClient : IDisposable
{
    // MediaMTX's own default is 100; 1,000 paths of 0.8 KB each stay far below the longest answer read.
    private const int ItemsPerPage = 1000;
    private const int MostPages = 50;

    private readonly ControlTransport _transport;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message has all that is.</exception>
    public MediaMtxClient(MediaMtxOptions options, TimeProvider time) =>
        _transport = new ControlTransport("MediaMTX's control API", options, time);

    /// <summary>The control API's address without credentials.</summary>
    public string Address => _transport.Address;

    /// <summary>Asks which MediaMTX this is. Before v1.12 there was no such route: <see cref="ControlOutcome.NotFound"/>.</summary>
    public Task<AnswerOf<ServerInfo>> GetInfoAsync(CancellationToken cancel = default) => _transport.ReadAsync("v3/info", PathReader.Info, cancel);

    /// <summary>Lists all paths, page by page; entries without a name are left out.</summary>
    public Task<AnswerOf<IReadOnlyList<MediaPath>>> ListPathsAsync(CancellationToken cancel = default) =>
        ListAsync("v3/paths/list", PathReader.Path, cancel);

    /// <summary>Asks for one path.</summary>
    public Task<AnswerOf<MediaPath>> GetPathAsync(StreamName name, CancellationToken cancel = default) =>
        _transport.ReadAsync($"v3/paths/get/{name}", PathReader.Path, cancel);

    /// <summary>The settings of a configuration entry; its name may be a regular expression or <c>all_others</c>.</summary>
    public Task<AnswerOf<JsonObject>> GetPathConfigurationAsync(string entry, CancellationToken cancel = default) =>
        _transport.ReadAsync($"v3/config/paths/get/{Escape(entry)}", PathReader.Settings, cancel);

    /// <summary>The settings that an entry has unless it says otherwise.</summary>
    public Task<AnswerOf<JsonObject>> GetPathDefaultsAsync(CancellationToken cancel = default) =>
        _transport.ReadAsync("v3/config/pathdefaults/get", PathReader.Settings, cancel);

    /// <summary>MediaMTX's general settings: which servers run, and on which ports.</summary>
    public Task<AnswerOf<JsonObject>> GetGlobalConfigurationAsync(CancellationToken cancel = default) =>
        _transport.ReadAsync("v3/config/global/get", PathReader.Settings, cancel);

    /// <summary>Adds an entry for a path; <see cref="ControlOutcome.AlreadyExists"/> when it has one.</summary>
    public Task<ControlAnswer> AddPathConfigurationAsync(StreamName name, JsonObject settings, CancellationToken cancel = default) =>
        ConfigureAsync(HttpMethod.Post, "add", name, settings, cancel);

    /// <summary>Changes some settings of a path's own entry; <see cref="ControlOutcome.NotFound"/> when it has none.</summary>
    public Task<ControlAnswer> PatchPathConfigurationAsync(StreamName name, JsonObject settings, CancellationToken cancel = default) =>
        ConfigureAsync(HttpMethod.Patch, "patch", name, settings, cancel);

    /// <summary>Replaces a path's own entry, or adds it.</summary>
    public Task<ControlAnswer> ReplacePathConfigurationAsync(StreamName name, JsonObject settings, CancellationToken cancel = default) =>
        ConfigureAsync(HttpMethod.Post, "replace", name, settings, cancel);

    /// <summary>Deletes a path's own entry.</summary>
    public Task<ControlAnswer> DeletePathConfigurationAsync(StreamName name, CancellationToken cancel = default) =>
        ConfigureAsync(HttpMethod.Delete, "delete", name, null, cancel);

    /// <summary>Lists the recordings of all paths.</summary>
    public Task<AnswerOf<IReadOnlyList<RecordedPath>>> ListRecordingsAsync(CancellationToken cancel = default) =>
        ListAsync("v3/recordings/list", PathReader.Recording, cancel);

    /// <summary>Asks for the recordings of one path.</summary>
    public Task<AnswerOf<RecordedPath>> GetRecordingsAsync(StreamName name, CancellationToken cancel = default) =>
        _transport.ReadAsync($"v3/recordings/get/{name}", PathReader.Recording, cancel);

    /// <summary>Disconnects a publisher or reader. Sources that MediaMTX pulls cannot be: <see cref="ControlOutcome.Refused"/>.</summary>
    public Task<ControlAnswer> KickAsync(PathSource source, CancellationToken cancel = default)
    {
        var list = source.Type switch
        {
            "rtmpConn" => "rtmpconns",
            "rtmpsConn" => "rtmpsconns",
            "rtspSession" => "rtspsessions",
            "rtspsSession" => "rtspssessions",
            "webRTCSession" => "webrtcsessions",
            "srtConn" => "srtconns",
            "hlsSession" => "hlssessions",
            "moqSession" => "moqsessions",
            _ => null,
        };
        return list is null || !Guid.TryParse(source.Id, out var id)
            ? Task.FromResult(new ControlAnswer(ControlOutcome.Refused, $"A source of the type '{source.Type}' cannot be disconnected."))
            : _transport.SendAsync(HttpMethod.Post, $"v3/{list}/kick/{id}", null, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    // MediaMTX wants the slashes of a name as they are; a regular expression's other characters would end the path.
    private static string Escape(string entry) => string.Join('/', entry.Split('/').Select(Uri.EscapeDataString));

    private async Task<ControlAnswer> ConfigureAsync(HttpMethod method, string verb, StreamName name, JsonObject? settings, CancellationToken cancel)
    {
        // MediaMTX takes such a name for a pattern, and would change every path that it matches.
        if (name.Value is "all" or "all_others" || name.Value.StartsWith('~'))
        {
            return new ControlAnswer(ControlOutcome.Refused, $"'{name}' means many paths to MediaMTX; give the stream another name.");
        }

        return await _transport.SendAsync(method, $"v3/config/paths/{verb}/{name}", settings?.ToJsonString(), cancel).ConfigureAwait(false);
    }

    private async Task<AnswerOf<IReadOnlyList<T>>> ListAsync<T>(string route, Func<JsonElement, T?> read, CancellationToken cancel)
        where T : class
    {
        var all = new List<T>();
        for (var page = 0; page < MostPages; page++)
        {
            long pages = 1;
            var answer = await _transport.ReadAsync($"{route}?itemsPerPage={ItemsPerPage}&page={page}", json =>
            {
                if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("items", out var items) || items.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
                {
                    return null;
                }

                pages = PathReader.Whole(json, "pageCount") ?? 1;
                return PathReader.Items(json, "items").Select(read).OfType<T>().ToList();
            }, cancel).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                return AnswerOf<IReadOnlyList<T>>.Failed(answer.End);
            }

            all.AddRange(answer.Value);
            if (page + 1 >= pages)
            {
                return AnswerOf<IReadOnlyList<T>>.Of(all);
            }
        }

        return AnswerOf<IReadOnlyList<T>>.Failed(_transport.Nonsense($"{route} has more than {MostPages} pages of {ItemsPerPage}"));
    }
}
