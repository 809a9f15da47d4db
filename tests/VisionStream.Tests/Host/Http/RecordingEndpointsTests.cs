using System.Globalization;
using System.Net;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.Host.Recording;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Recording;
using VisionStream.Tests.MediaMtx;

namespace VisionStream.Tests.Host.Http;

/// <summary>Recording by MediaMTX as the API tells it: which code for which answer of MediaMTX, and links that the asker can open.</summary>
public sealed class RecordingEndpointsTests
{
    [Theory]
    [InlineData(400, """{"error":"invalid value"}""", HttpStatusCode.Conflict, "invalid value")]
    [InlineData(401, """{"error":"authentication error"}""", HttpStatusCode.BadGateway, "refuses our credentials")]
    [InlineData(500, """{"error":"broken"}""", HttpStatusCode.BadGateway, "500")]
    [InlineData(200, "<html>", HttpStatusCode.BadGateway, "no JSON")]
    public async Task What_MediaMtx_answers_decides_who_is_to_blame(int answer, string body, HttpStatusCode expected, string part)
    {
        // Changing an entry needs no answer but a good status.
        await using var server = await FakeMediaMtx.StartAsync((context, _) =>
            FakeMediaMtx.AnswerAsync(context, answer == 200 && context.Request.Method != "GET" ? 404 : answer, body));
        await using var service = await WithAsync(server);
        var document = (await service.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json;

        await RefusedAsync(HttpMethod.Post, "recording", new { action = "start" });
        await RefusedAsync(HttpMethod.Get, "recording");
        await RefusedAsync(HttpMethod.Get, "recordings");
        var older = await service.SendAsync(HttpMethod.Post, "/api/recording/start");
        Assert.Equal((expected == HttpStatusCode.Conflict ? HttpStatusCode.BadRequest : expected, false), (older.Status, older.Json.GetProperty("success").GetBoolean()));

        async Task RefusedAsync(HttpMethod method, string route, object? request = null)
        {
            var told = await service.SendAsync(method, $"/v1/streams/live%2Fglasses/{route}", request);
            Assert.Contains(part, told.Problem(expected), StringComparison.Ordinal);
            var described = document.GetProperty("paths").GetProperty($"/v1/streams/{{name}}/{route}").GetProperty(method.Method.ToLowerInvariant()).GetProperty("responses");
            Assert.True(described.TryGetProperty(((int)expected).ToString(CultureInfo.InvariantCulture), out _), $"{method} {route}: {expected} is described");
        }
    }

    [Theory]
    [InlineData(null, "video.example", "http://video.example:9996")]
    [InlineData(null, "::1", "http://[::1]:9996")]
    [InlineData("https://cam.example/playback/", "video.example", "https://cam.example/playback")]
    [InlineData(MediaMtxSettings.Off, "video.example", null)]
    public async Task Links_have_the_host_that_the_caller_asked_for(string? playback, string askedAt, string? expected)
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, """[{"start":"2026-11-21T13:00:00Z","duration":3}]""");
        await using var service = await WithAsync(server);
        using var client = server.Client();
        using var recorder = new PathRecorder(client, server.Address.AbsoluteUri, new MediaMtxOptions(), TimeProvider.System);
        var addresses = new MediaServer(new MediaMtxSettings { Api = server.Address.AbsoluteUri, Playback = playback }, ownKey: null);
        var recording = new StreamRecording(new RecordingShelf(service.Files.File("recordings")), recorder, addresses);

        var (answer, recordings) = await recording.ListAsync(service.Find("live/glasses")!, askedAt, TestContext.Current.CancellationToken);

        Assert.Equal(RecordingOutcome.Done, answer.Outcome);
        Assert.Equal(
            expected is null ? null : $"{expected}/get?path=live%2Fglasses&start=2026-11-21T13%3A00%3A00Z&duration=3&format=mp4", Assert.Single(recordings).Url);
    }

    private static async Task<LiveService> WithAsync(FakeMediaMtx server)
    {
        var service = await LiveService.StartAsync((options, _) => options with
        {
            MediaMtx = new MediaMtxSettings { Api = server.Address.AbsoluteUri, Playback = MediaMtxSettings.Off, InternalRtsp = "rtsp://127.0.0.1:1" },
        });
        Assert.Equal(HttpStatusCode.Created, (await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "live/glasses" })).Status);
        return service;
    }
}
