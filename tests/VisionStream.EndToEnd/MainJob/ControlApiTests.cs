using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>Streams at run time as an app makes them: HTTP and WebSocket over real sockets, a real server, the built executable.</summary>
public sealed class ControlApiTests
{
    private const string Cat = "/v1/streams/live%2Fcat";

    [Fact]
    public async Task A_stream_is_posted_watched_changed_looked_at_kept_over_a_restart_and_deleted()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.ArtifactsOfThisTest(), "control-api")).FullName;
        var state = Path.Combine(folder, "state.json");
        File.Delete(state);
        var configuration = Configuration(folder, new { model = SharedFiles.Model(Service.LightModel), allowed_schemes = "rtmp", allow_private_hosts = true });
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var publisher = await FfmpegPublisher.StartAsync(nginx.Url("cat"), new FfmpegPublisherOptions { Clip = SharedFiles.Clip(CatChair.Clip) });
        string id;
        await using (var service = await Service.StartAsync("--config", configuration, "--state-file", state))
        {
            var body = new { name = "live/cat", url = nginx.Url("cat"), fps = 8 };
            var made = await service.SendAsync(HttpMethod.Post, "/v1/streams", body);
            Assert.Equal((HttpStatusCode.Created, Cat), (made.StatusCode, made.Headers.Location!.OriginalString));
            var facts = await JsonOf(made);
            id = facts.GetProperty("id").GetString()!;
            var again = await service.SendAsync(HttpMethod.Post, "/v1/streams", body);
            Assert.Equal((HttpStatusCode.OK, id), (again.StatusCode, (await JsonOf(again)).GetProperty("id").GetString()));

            await using var subscriber = await Subscriber.ConnectAsync(service.Port, new Uri(facts.GetProperty("ws").GetString()!).PathAndQuery);
            var results = await subscriber.DetectionsAsync(20);
            CatChair.AssertSeen(results);

            // No model is as sure as that, and the session goes on.
            await service.SendAsync(HttpMethod.Patch, Cat, new { confidence = 0.999 });
            var none = await subscriber.NextAsync("detections", d => d.GetProperty("detections").GetArrayLength() == 0);
            Assert.Equal(results[0].GetProperty("session").GetString(), none.GetProperty("session").GetString());
            await service.SendAsync(HttpMethod.Patch, Cat, new { confidence = 0.3 });
            await subscriber.NextAsync("detections", d => d.GetProperty("detections").GetArrayLength() > 0);

            foreach (var query in (string[])["", "?annotated=1"])
            {
                using var snapshot = await service.SendAsync(HttpMethod.Get, $"{Cat}/snapshot.jpg{query}");
                Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (snapshot.StatusCode, snapshot.Content.Headers.ContentType!.MediaType));
                var picture = Path.Combine(folder, "snapshot.jpg");
                await File.WriteAllBytesAsync(picture, await snapshot.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
                var probed = (await Ffprobe.StreamsAsync(picture)).Single();
                Assert.Equal((640, 338), (probed.Width, probed.Height));
            }

            Assert.Equal(0, await service.StopAsync());
        }

        await using (var restarted = await Service.StartAsync("--config", configuration, "--state-file", state))
        {
            var facts = await restarted.FactsAsync("live%2Fcat");
            Assert.Equal((id, "posted", 0.3, 8), (facts.GetProperty("id").GetString(), facts.GetProperty("origin").GetString(),
                facts.GetProperty("confidence").GetDouble(), facts.GetProperty("fps").GetInt32()));
            await using var subscriber = await Subscriber.ConnectAsync(restarted.Port);
            CatChair.AssertSeen(await subscriber.DetectionsAsync(10));

            Assert.Equal(HttpStatusCode.NoContent, (await restarted.SendAsync(HttpMethod.Delete, Cat)).StatusCode);
            await subscriber.NextAsync("status", s => s.GetProperty("state").GetString() == "offline");
            Assert.Equal(HttpStatusCode.NotFound, (await restarted.SendAsync(HttpMethod.Get, Cat)).StatusCode);
            Assert.Equal(0, await restarted.StopAsync());
        }

        await using var last = await Service.StartAsync("--config", configuration, "--state-file", state);
        Assert.Equal(0, JsonDocument.Parse(await last.GetAsync("/v1/streams")).RootElement.GetProperty("streams").GetArrayLength());
    }

    [Fact]
    public async Task A_path_of_MediaMtx_is_watched_by_itself()
    {
        await using var mediamtx = await MediaMtxServer.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Repository.ArtifactsOfThisTest(), "discovery")).FullName;
        var configuration = Configuration(folder, new
        {
            model = SharedFiles.Model(Service.LightModel),
            mediamtx = new { api = $"http://127.0.0.1:{mediamtx.ApiPort}", rtsp = $"rtsp://127.0.0.1:{mediamtx.RtspPort}" },
        });
        await using var service = await Service.StartAsync("--config", configuration);
        await using var subscriber = await Subscriber.ConnectAsync(service.Port);
        await using var publisher = await FfmpegPublisher.StartAsync(mediamtx.RtmpUrl("live/cat"), new FfmpegPublisherOptions { Clip = SharedFiles.Clip(CatChair.Clip) });

        CatChair.AssertSeen(await subscriber.DetectionsAsync(20));
        Assert.Equal("discovered", (await service.FactsAsync("live%2Fcat")).GetProperty("origin").GetString());
    }

    private static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private static string Configuration(string folder, object settings)
    {
        var file = Path.Combine(folder, "visionstream.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        return file;
    }
}
