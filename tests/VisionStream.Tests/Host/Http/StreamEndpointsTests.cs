using System.Net;
using System.Text.Json;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.Restream.Encoding;
using VisionStream.Tests.Host.Access;

namespace VisionStream.Tests.Host.Http;

public sealed class StreamEndpointsTests
{
    private const string Streams = "/v1/streams";
    private const string Cam = "/v1/streams/live%2Fcam";

    [Fact]
    public async Task A_stream_is_made_found_changed_and_deleted()
    {
        await using var service = await LiveService.StartAsync();
        var body = new { name = "live/cam", url = LiveService.Pictures, fps = 12, classes = new[] { "cat" }, ttl = 3600 };

        var made = await service.SendAsync(HttpMethod.Post, Streams, body);
        Assert.Equal((HttpStatusCode.Created, "application/json", Cam), (made.Status, made.Type, made.Location));
        var facts = made.Json;
        Assert.Equal(("live/cam", "posted", 26), (facts.GetProperty("name").GetString(), facts.GetProperty("origin").GetString(), facts.GetProperty("id").GetString()!.Length));
        Assert.Equal($"ws://{service.Http.BaseAddress!.Authority}/ws?streams=live%2Fcam", facts.GetProperty("ws").GetString());
        Assert.True(facts.GetProperty("expires_at").GetDateTimeOffset() > TimeProvider.System.GetUtcNow().AddMinutes(59));
        Assert.Null(facts.GetProperty("token").GetString());

        var again = await service.SendAsync(HttpMethod.Post, Streams, body);
        Assert.Equal((HttpStatusCode.OK, facts.GetProperty("id").GetString()), (again.Status, again.Json.GetProperty("id").GetString()));
        Assert.Contains("other settings", (await service.SendAsync(HttpMethod.Post, Streams, new { name = "live/cam", url = "lavfi:color" })).Problem(HttpStatusCode.Conflict), StringComparison.Ordinal);

        var patched = await service.SendAsync(HttpMethod.Patch, Cam, new { confidence = 0.4, fps = 5.5, classes = Array.Empty<string>() });
        Assert.Equal((HttpStatusCode.OK, 0.4, 5.5, 0), (patched.Status, patched.Json.GetProperty("confidence").GetDouble(), patched.Json.GetProperty("fps").GetDouble(), patched.Json.GetProperty("classes").GetArrayLength()));

        foreach (var path in (string[])[Cam, "/v1/streams/live/cam"])
        {
            Assert.Equal(5.5, (await service.SendAsync(HttpMethod.Get, path)).Json.GetProperty("fps").GetDouble());
        }

        Assert.Equal("live/cam", Assert.Single((await service.SendAsync(HttpMethod.Get, Streams)).Json.GetProperty("streams").EnumerateArray()).GetProperty("name").GetString());
        var deleted = await service.SendAsync(HttpMethod.Delete, Cam);
        Assert.Equal((HttpStatusCode.NoContent, 0), (deleted.Status, deleted.Bytes.Length));
        Assert.Null(service.Find("live/cam"));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            Assert.Contains("live/cam", (await service.SendAsync(method, Cam)).Problem(HttpStatusCode.NotFound), StringComparison.Ordinal);
        }

        Assert.Contains("live/cam", (await service.SendAsync(HttpMethod.Patch, Cam, new { fps = 5 })).Problem(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_annotated_videos_height_and_rate_are_told_and_can_be_set_back_to_the_sources()
    {
        await using var service = await LiveService.StartAsync();
        var cam = new StreamOptions
        {
            Name = StreamName.Parse("live/cam"),
            Url = LiveService.Pictures,
            Analysis = new AnalysisOptions { Model = service.Files.Pets },
            Annotate = true,
            AnnotateTo = service.Files.File("annotated.mkv"),
            Video = new VideoEncoding { Width = 640 },
        };
        await service.Pipelines.StartAsync(cam, StreamOrigin.Configured);

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), Kinds((await service.SendAsync(HttpMethod.Get, Cam)).Json));
        var set = (await service.SendAsync(HttpMethod.Patch, Cam, new { annotated_height = 120, annotated_fps = 12.5 })).Json.GetProperty("annotated");
        Assert.Equal((120, 12.5), (set.GetProperty("height").GetInt32(), set.GetProperty("fps").GetDouble()));
        Assert.Equal(new VideoEncoding { Height = 120, FrameRate = 12.5 }, service.Find("live/cam")!.Annotated!.Options.Video);

        set = (await service.SendAsync(HttpMethod.Patch, Cam, new { annotated_fps = 0 })).Json.GetProperty("annotated");
        Assert.Equal((120, JsonValueKind.Null), (set.GetProperty("height").GetInt32(), set.GetProperty("fps").ValueKind));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), Kinds((await service.SendAsync(HttpMethod.Patch, Cam, new { annotated_height = 0 })).Json));
        Assert.Equal(new VideoEncoding(), service.Find("live/cam")!.Annotated!.Options.Video);

        var refused = await service.SendAsync(HttpMethod.Patch, Cam, new { annotated_height = 31, annotated_fps = 0.5 });
        Assert.Contains("0 for the source's", refused.Problem(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal(2, refused.Json.GetProperty("errors").GetArrayLength());

        static (JsonValueKind, JsonValueKind) Kinds(JsonElement facts) =>
            (facts.GetProperty("annotated").GetProperty("height").ValueKind, facts.GetProperty("annotated").GetProperty("fps").ValueKind);
    }

    [Theory]
    [InlineData("""{"name":"live/cam",""", "not JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("null", "JSON object")]
    [InlineData("""{"name":"live/cam","name":"live/cam2"}""", "not JSON")]
    [InlineData("""{"name":"live/cam","speed":3}""", "no field 'speed'")]
    [InlineData("""{"Name":"live/cam"}""", "no field 'Name'")]
    [InlineData("""{"name":7}""", "'name'")]
    [InlineData("""{"name":"live/cam","fps":"10"}""", "'fps'")]
    [InlineData("""{"name":"live/cam","annotate":3}""", "'annotate'")]
    [InlineData("""{"name":"live/cam","classes":[1]}""", "'classes")]
    [InlineData("{}", "name: ")]
    [InlineData("""{"name":"../etc"}""", "name: ")]
    [InlineData("""{"name":"live/cam"}""", "--mediamtx")]
    [InlineData("""{"name":"live/cam","url":"nonsense://x"}""", "nonsense")]
    [InlineData("""{"name":"live/cam","url":" "}""", "url: ")]
    [InlineData("""{"name":"live/cam","url":"lavfi:color","model":"yolo99"}""", "pets")]
    [InlineData("""{"name":"live/cam","url":"lavfi:color","model":"/etc/passwd"}""", "there is no model")]
    [InlineData("""{"name":"live/cam","url":"lavfi:color","classes":["unicorn"]}""", "unicorn")]
    [InlineData("""{"name":"live/cam","url":"lavfi:color","ttl":0}""", "ttl: ")]
    public async Task Whatever_is_wrong_becomes_a_sentence_of_problem_details(string body, string part)
    {
        await using var service = await LiveService.StartAsync();
        Assert.Contains(part, (await service.SendTextAsync(HttpMethod.Post, Streams, body)).Problem(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Empty(service.Pipelines.All);
    }

    [Fact]
    public async Task What_callers_may_not_have_opened_is_refused()
    {
        await using var service = await LiveService.StartAsync((options, _) => options with { Access = new AccessSettings() });
        foreach (var url in (string[])["/etc/passwd", "lavfi:color", "rtsp://127.0.0.1:9/x", "rtsp://169.254.169.254/x"])
        {
            (await service.SendAsync(HttpMethod.Post, Streams, new { name = "live/cam", url })).Problem(HttpStatusCode.BadRequest);
        }

        await service.Pipelines.StartAsync(
            new StreamOptions { Name = StreamName.Parse("cam"), Url = LiveService.Pictures, Analysis = new AnalysisOptions { Model = service.Files.Pets } },
            StreamOrigin.Configured);
        (await service.SendAsync(HttpMethod.Patch, "/v1/streams/cam", new { annotate = "/tmp/x.mkv" })).Problem(HttpStatusCode.BadRequest);
        Assert.Null(Assert.Single(service.Pipelines.All).Annotated);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        await using var service = await LiveService.StartAsync();
        var answer = await service.SendAsync(HttpMethod.Post, Streams, new { name = "a b", fps = 1000, confidence = -1, ttl = -1 });
        answer.Problem(HttpStatusCode.BadRequest);
        Assert.Equal(["name", "ttl", "confidence", "fps"], answer.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!.Split(':')[0]));
    }

    [Fact]
    public async Task Bodies_that_are_too_long_or_of_another_type_are_refused()
    {
        await using var service = await LiveService.StartAsync();
        var longBody = $$"""{"name":"live/cam","url":"{{new string('x', 70_000)}}"}""";
        Assert.Contains("65536", (await service.SendTextAsync(HttpMethod.Post, Streams, longBody)).Problem(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
        Assert.Contains("Content-Type", (await service.SendTextAsync(HttpMethod.Post, Streams, "{}", "text/plain")).Problem(HttpStatusCode.UnsupportedMediaType), StringComparison.Ordinal);
        Assert.Contains("PUT", (await service.SendAsync(HttpMethod.Put, Streams)).Problem(HttpStatusCode.MethodNotAllowed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_stream_is_found_by_a_post_that_fits_and_may_be_changed()
    {
        await using var service = await LiveService.StartAsync();
        await service.Pipelines.StartAsync(
            new StreamOptions { Name = StreamName.Parse("cam"), Url = LiveService.Pictures, Analysis = new AnalysisOptions { Model = service.Files.Pets } },
            StreamOrigin.Configured);

        var found = await service.SendAsync(HttpMethod.Post, Streams, new { name = "cam", url = LiveService.Pictures });
        Assert.Equal((HttpStatusCode.OK, "configured"), (found.Status, found.Json.GetProperty("origin").GetString()));
        (await service.SendAsync(HttpMethod.Post, Streams, new { name = "cam", url = LiveService.Pictures, fps = 3 })).Problem(HttpStatusCode.Conflict);
        Assert.Equal(3, (await service.SendAsync(HttpMethod.Patch, "/v1/streams/cam", new { fps = 3, model = service.Files.Tools })).Json.GetProperty("fps").GetDouble());
        Assert.Equal(service.Files.Tools, service.Find("cam")!.Options.Analysis.Model);
    }

    [Fact]
    public async Task With_MediaMtx_the_answer_has_every_address_and_with_keys_what_opens_them()
    {
        await using var service = await LiveService.StartAsync((options, files) => options with
        {
            MediaMtx = new MediaMtxSettings { Api = "http://127.0.0.1:1", Rtmp = "rtmp://cam.example:1935", Srt = MediaMtxSettings.Off },
            Access = new AccessSettings { Keys = [GuardedService.Key("boss", GuardedService.Admin, "admin")], SigningKeyFile = files.File("key.pem") },
        });
        service.Http.DefaultRequestHeaders.Authorization = new("Bearer", GuardedService.Admin);

        var made = await service.SendAsync(HttpMethod.Post, Streams, new { name = "glasses", annotate = true, ttl = 60 });

        Assert.Equal((HttpStatusCode.Created, "/v1/streams/live%2Fglasses"), (made.Status, made.Location));
        var publish = made.Json.GetProperty("publish");
        Assert.Matches(@"^rtmp://cam\.example:1935/live/glasses\?user=vs&pass=vs-p\d+-[\w-]+$", publish.GetProperty("rtmp").GetString());
        Assert.Matches(@"^rtsp://vs:vs-p\d+-[\w-]+@127\.0\.0\.1:8554/live/glasses$", publish.GetProperty("rtsp").GetString());
        Assert.Equal("http://127.0.0.1:8889/live/glasses/whip", publish.GetProperty("whip").GetString());
        Assert.Null(publish.GetProperty("srt").GetString());
        var annotated = made.Json.GetProperty("annotated");
        Assert.Matches(@"^rtsp://vs:vs-r\d+-[\w-]+@127\.0\.0\.1:8554/live/glasses-annotated$", annotated.GetProperty("rtsp").GetString());
        Assert.Equal("http://127.0.0.1:8889/live/glasses-annotated/whep", annotated.GetProperty("whep").GetString());
        Assert.Equal("http://127.0.0.1:8888/live/glasses-annotated/index.m3u8", annotated.GetProperty("hls").GetString());
        Assert.DoesNotContain("vs:", annotated.GetProperty("target").GetString(), StringComparison.Ordinal);

        // The token opens the stream, and only that; later answers have no secrets in them.
        service.Http.DefaultRequestHeaders.Authorization = new("Bearer", made.Json.GetProperty("token").GetString());
        var read = await service.SendAsync(HttpMethod.Get, "/v1/streams/live%2Fglasses");
        Assert.Equal((HttpStatusCode.OK, null), (read.Status, read.Json.GetProperty("token").GetString()));
        Assert.Equal("rtmp://cam.example:1935/live/glasses", read.Json.GetProperty("publish").GetProperty("rtmp").GetString());
        Assert.DoesNotContain("vs-", System.Text.Encoding.UTF8.GetString(read.Bytes), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.SendAsync(HttpMethod.Delete, "/v1/streams/live%2Fglasses")).Status);
    }
}
