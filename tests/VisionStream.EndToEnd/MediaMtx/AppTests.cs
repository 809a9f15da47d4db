using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MediaMtx;

/// <summary>What an app does from its first request to its last, over real sockets and with keys.</summary>
public sealed class AppTests
{
    private const string Key = "an-app-s-key-0123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("visionstream-app-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_creates_publishes_watches_records_and_deletes_a_stream()
    {
        await using var standIn = await MediaMtxStandIn.StartAsync();
        await using var service = await StartAsync(new JsonObject { ["api"] = standIn.Api, ["rtmp"] = standIn.Rtmp, ["rtsp"] = standIn.Rtsp });
        standIn.Service = $"http://127.0.0.1:{service.Port}";
        using var app = Client(service, Key);

        var created = await PostAsync(app, new JsonObject { ["name"] = "live/glasses" });
        await PublishAsync(created, () => standIn.PassOnAsync("glasses"), async token =>
        {
            await WatchAsync(service, "live/glasses", token);
            Assert.Equal(HttpStatusCode.OK, (await RecordAsync(app, "live%2Fglasses", "start")).StatusCode);
            Assert.True(standIn.Records("live/glasses"));
            Assert.Equal(HttpStatusCode.OK, (await RecordAsync(app, "live%2Fglasses", "stop")).StatusCode);
            Assert.False(standIn.Records("live/glasses"));

            // A second one by its URL: nobody but the service can record that.
            await PostAsync(app, new JsonObject { ["name"] = "direct", ["url"] = $"{standIn.Rtmp}/live/glasses" });
            await AssertOwnRecordingAsync(app, "direct");
        });
        await DeleteAsync(app, "live%2Fglasses");
        await AssertNoSecretsAsync(service);
    }

    [Fact]
    public async Task The_same_with_MediaMtx_itself()
    {
        var port = FreePort.Next();
        var recordings = Path.Combine(_folder, "by-mediamtx");
        await using var mediamtx = await MediaMtxServer.StartAsync(
            $"authMethod: http\nauthHTTPAddress: http://127.0.0.1:{port}/v1/mediamtx/auth\n"
            + $"pathDefaults: {{ recordPath: '{recordings}/%path/%Y-%m-%d_%H-%M-%S-%f', recordPartDuration: 200ms }}");
        await using var service = await StartAsync(
            new JsonObject
            {
                ["api"] = $"http://127.0.0.1:{mediamtx.ApiPort}",
                ["rtmp"] = $"rtmp://127.0.0.1:{mediamtx.RtmpPort}",
                ["rtsp"] = $"rtsp://127.0.0.1:{mediamtx.RtspPort}",
            },
            port);
        using var app = Client(service, Key);

        var created = await PostAsync(app, new JsonObject { ["name"] = "live/glasses" });
        await PublishAsync(created, () => Task.CompletedTask, async token =>
        {
            await WatchAsync(service, "live/glasses", token);
            Assert.Equal(HttpStatusCode.OK, (await RecordAsync(app, "live%2Fglasses", "start")).StatusCode);
            await Until.TrueAsync(() => Directory.Exists(recordings) && Directory.GetFiles(recordings, "*.mp4", SearchOption.AllDirectories).Length > 0, "a recording of MediaMTX's");
            Assert.Equal(HttpStatusCode.OK, (await RecordAsync(app, "live%2Fglasses", "stop")).StatusCode);
        });
        await DeleteAsync(app, "live%2Fglasses");
        await AssertNoSecretsAsync(service);
    }

    private static HttpClient Client(Service service, string? credential)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.Port}") };
        client.DefaultRequestHeaders.Authorization = credential is null ? null : new("Bearer", credential);
        return client;
    }

    private static async Task<JsonElement> PostAsync(HttpClient app, JsonObject body)
    {
        var answer = await app.PostAsJsonAsync("/v1/streams", body, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement;
    }

    // Without the password nobody publishes; with the returned URL it works at once.
    private static async Task PublishAsync(JsonElement created, Func<Task> passOn, Func<string, Task> whilePublished)
    {
        var clip = new FfmpegPublisherOptions { Clip = SharedFiles.Clip(CatChair.Clip) };
        var url = created.GetProperty("publish").GetProperty("rtmp").GetString()!;
        Assert.Contains("pass=", url, StringComparison.Ordinal);
        await using (var stranger = FfmpegPublisher.Launch(url[..url.IndexOf('?', StringComparison.Ordinal)], clip))
        {
            Assert.NotEqual(0, await stranger.WaitForExitAsync());
        }

        await using var publisher = await FfmpegPublisher.StartAsync(url, clip);
        await passOn();
        await whilePublished(created.GetProperty("token").GetString()!);
    }

    private static async Task WatchAsync(Service service, string name, string token)
    {
        var query = $"/ws?streams={Uri.EscapeDataString(name)}";
        await Assert.ThrowsAsync<WebSocketException>(() => Subscriber.ConnectAsync(service.Port, query));
        await Assert.ThrowsAsync<WebSocketException>(() => Subscriber.ConnectAsync(service.Port, $"/ws?streams=other&token={token}"));
        await using var subscriber = await Subscriber.ConnectAsync(service.Port, $"{query}&token={token}");
        Assert.Contains(await subscriber.DetectionsAsync(10), m => m.GetProperty("detections").GetArrayLength() > 0);

        var still = $"/v1/streams/{Uri.EscapeDataString(name)}/snapshot.jpg";
        using var reader = Client(service, token);
        using var stranger = Client(service, null);
        Assert.Equal([0xFF, 0xD8], (await reader.GetByteArrayAsync(still, Cancel))[..2]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(still, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await RecordAsync(reader, Uri.EscapeDataString(name), "start")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.DeleteAsync($"/v1/streams/{name}", Cancel)).StatusCode);
    }

    private static Task<HttpResponseMessage> RecordAsync(HttpClient client, string name, string action) =>
        client.PostAsJsonAsync($"/v1/streams/{name}/recording", new { action }, Cancel);

    private static async Task AssertOwnRecordingAsync(HttpClient app, string name)
    {
        Assert.Equal(HttpStatusCode.OK, (await RecordAsync(app, name, "start")).StatusCode);
        await Until.TrueAsync(
            async () =>
            {
                var state = (await app.GetFromJsonAsync<JsonNode>($"/v1/streams/{name}/recording", Cancel))!;
                Assert.Equal("", (string?)state["error"]);
                return (string?)state["state"] == "recording";
            },
            "the recording to begin");
        await Until.TrueAsync(
            async () => (await app.GetFromJsonAsync<JsonNode>($"/v1/streams/{name}/recordings", Cancel))!["recordings"]!.AsArray() is [{ } one] && (long)one["bytes"]! > 20_000,
            "the file to grow");
        Assert.Equal(HttpStatusCode.OK, (await RecordAsync(app, name, "stop")).StatusCode);
        var list = await app.GetFromJsonAsync<JsonNode>($"/v1/streams/{name}/recordings", Cancel);
        var file = await app.GetByteArrayAsync((string)list!["recordings"]![0]!["url"]!, Cancel);
        Assert.Equal("ftyp"u8.ToArray(), file[4..8]);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"/v1/streams/{name}/recordings/..%2F..%2Fsigning-key.pem", Cancel)).StatusCode);
    }

    private static async Task DeleteAsync(HttpClient app, string name)
    {
        Assert.Equal(HttpStatusCode.NoContent, (await app.DeleteAsync($"/v1/streams/{name}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAsync($"/v1/streams/{name}", Cancel)).StatusCode);
    }

    private static async Task AssertNoSecretsAsync(Service service)
    {
        await service.StopAsync();
        var said = string.Join('\n', service.Process.Errors.Lines());
        Assert.DoesNotContain(Key, said, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", said, StringComparison.Ordinal);
        Assert.DoesNotMatch("vs-[rpb][0-9]{10}", said);
        Assert.DoesNotContain("vsk_", said, StringComparison.Ordinal);
    }

    private async Task<Service> StartAsync(JsonObject mediamtx, int? port = null)
    {
        var file = Path.Combine(_folder, "visionstream.json");
        await File.WriteAllTextAsync(file, new JsonObject
        {
            ["model"] = SharedFiles.Model(Service.LightModel),
            ["log_level"] = "trace",
            ["keys"] = new JsonArray(new JsonObject { ["name"] = "app", ["secret"] = Key, ["scopes"] = new JsonArray("admin") }),
            ["signing_key_file"] = Path.Combine(_folder, "signing-key.pem"),
            ["recordings"] = Path.Combine(_folder, "recordings"),
            ["mediamtx"] = mediamtx,
        }.ToJsonString(), Cancel);
        return port is { } wanted ? await Service.StartOnAsync(wanted, "--config", file) : await Service.StartAsync("--config", file);
    }
}
