using System.Net;
using System.Text.Json;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Detector;

namespace VisionStream.Tests.Host.Http;

public sealed class OlderEndpointsTests
{
    [Fact]
    public async Task An_older_page_starts_sizes_looks_at_and_stops_the_only_stream()
    {
        await using var service = await LiveService.StartAsync();
        var file = service.Files.File("annotated.mkv");
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "cam", url = LiveService.Pictures, annotate = file });
        await Eventually.BecomesTrue(() => service.Find("cam")!.Annotated!.Status.Sent > 0, "annotated pictures are sent");

        var status = (await service.SendAsync(HttpMethod.Get, "/api/status")).Json;
        Assert.True(status.GetProperty("success").GetBoolean() && status.GetProperty("streaming").GetBoolean());
        Assert.Equal(("cam", "source"), (status.GetProperty("stream").GetString(), status.GetProperty("resolution").GetString()));

        var first = service.Find("cam")!.Annotated;
        Succeeded(await service.SendAsync(HttpMethod.Post, "/api/resolution", new { resolution = "480p", quality = "of an older page" }));
        Succeeded(await service.SendTextAsync(HttpMethod.Post, "/api/framerate", """{"framerate":"15"}""", "text/plain"));
        Assert.NotSame(first, service.Find("cam")!.Annotated);
        Assert.Equal((480, 15.0), (service.Find("cam")!.Annotated!.Options.Video.Height, service.Find("cam")!.Annotated!.Options.Video.FrameRate));
        status = (await service.SendAsync(HttpMethod.Get, "/api/status?stream=cam")).Json;
        Assert.Equal(("480p", 15.0), (status.GetProperty("resolution").GetString(), status.GetProperty("framerate").GetDouble()));

        var snapshot = Succeeded(await service.SendAsync(HttpMethod.Post, "/api/snapshot"));
        var image = snapshot.GetProperty("image").GetString()!;
        Assert.Equal((320, 240), SnapshotTests.SizeOf(Convert.FromBase64String(image["data:image/jpeg;base64,".Length..])));
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, snapshot.GetProperty("url").GetString()!)).Status);

        Succeeded(await service.SendAsync(HttpMethod.Post, "/api/stream/stop", new { stream = "cam" }));
        Assert.Null(service.Find("cam")!.Annotated);
        Succeeded(await service.SendAsync(HttpMethod.Post, "/api/stream/start?stream=cam"));
        Assert.Equal(480, service.Find("cam")!.Annotated!.Options.Video.Height);
        Assert.EndsWith("annotated.mkv", service.Find("cam")!.Annotated!.Options.Target.Redacted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_page_records_by_the_same_code_as_the_newer_route()
    {
        await using var service = await LiveService.StartAsync();
        Failed(await service.SendAsync(HttpMethod.Post, "/api/recording/start"), HttpStatusCode.NotFound, "no stream");
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "cam", url = Media.Path("media", "clips", "cat-chair.mp4"), loop = true });

        Succeeded(await service.SendAsync(HttpMethod.Post, "/api/recording/start"));
        Assert.True((await service.SendAsync(HttpMethod.Get, "/v1/streams/cam/recording")).Json.GetProperty("recording").GetBoolean());
        Assert.True((await service.SendAsync(HttpMethod.Get, "/api/status")).Json.GetProperty("recording").GetBoolean());
        Succeeded(await service.SendAsync(HttpMethod.Post, "/api/recording/stop", new { stream = "cam" }));
        Assert.False((await service.SendAsync(HttpMethod.Get, "/v1/streams/cam/recording")).Json.GetProperty("recording").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_with_success_false()
    {
        await using var service = await LiveService.StartAsync();
        Failed(await service.SendAsync(HttpMethod.Post, "/api/stream/start"), HttpStatusCode.NotFound, "no stream");
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "cam", url = LiveService.Pictures });
        Failed(await service.SendAsync(HttpMethod.Post, "/api/stream/start"), HttpStatusCode.BadRequest, "--mediamtx");
        Failed(await service.SendAsync(HttpMethod.Post, "/api/resolution", new { resolution = "8k" }), HttpStatusCode.BadRequest, "320p, 480p, 720p");
        Failed(await service.SendAsync(HttpMethod.Post, "/api/framerate", new { framerate = 60 }), HttpStatusCode.BadRequest, "10 to 30");
        Failed(await service.SendAsync(HttpMethod.Post, "/api/framerate?framerate=fast"), HttpStatusCode.BadRequest, "fast");
        Failed(await service.SendTextAsync(HttpMethod.Post, "/api/resolution", "{"), HttpStatusCode.BadRequest, "JSON");
        Failed(await service.SendTextAsync(HttpMethod.Post, "/api/resolution", new string(' ', 20_000)), HttpStatusCode.BadRequest, "longer");
        Failed(await service.SendAsync(HttpMethod.Post, "/api/snapshot", new { stream = "none" }), HttpStatusCode.NotFound, "'none'");

        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "other", url = LiveService.Pictures });
        Failed(await service.SendAsync(HttpMethod.Post, "/api/stream/stop"), HttpStatusCode.BadRequest, "2 streams");
        var status = (await service.SendAsync(HttpMethod.Get, "/api/status")).Json;
        Assert.Equal((JsonValueKind.Null, 2), (status.GetProperty("stream").ValueKind, status.GetProperty("streams").GetArrayLength()));
    }

    private static JsonElement Succeeded(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("success").GetBoolean(), System.Text.Encoding.UTF8.GetString(answer.Bytes));
        return answer.Json;
    }

    private static void Failed(Answer answer, HttpStatusCode status, string part)
    {
        Assert.Equal((status, false), (answer.Status, answer.Json.GetProperty("success").GetBoolean()));
        Assert.Contains(part, answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
