using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Recording;

namespace VisionStream.Tests.MediaMtx.Recording;

public class PathRecorderTests
{
    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");
    private static readonly StreamName Nobody = StreamName.Parse("live/nobody");

    private readonly ConfigurableMediaMtx _mtx = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recording_is_switched_on_in_an_entry_of_its_own_and_off_again()
    {
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        Assert.Equal((ControlAnswer.Done, false), await recorder.IsOnAsync(Glasses, Cancel));
        Assert.Equal(ControlAnswer.Done, await recorder.StartAsync(Glasses, Cancel));
        Assert.Equal((ControlAnswer.Done, true), await recorder.IsOnAsync(Glasses, Cancel));
        Assert.Equal("""{"record":true}""", server.Requests.Single(r => r.Method == "POST").Body);

        Assert.Equal(ControlAnswer.Done, await recorder.StartAsync(Glasses, Cancel));
        Assert.Equal(ControlAnswer.Done, await recorder.StopAsync(Glasses, Cancel));
        Assert.Equal((ControlAnswer.Done, false), await recorder.IsOnAsync(Glasses, Cancel));
        Assert.Single(server.Requests, r => r.Method == "POST");
        Assert.DoesNotContain(server.Requests, r => r.Method == "DELETE");
    }

    [Fact]
    public async Task The_new_entry_keeps_what_the_pattern_said_so_that_the_publisher_stays()
    {
        _mtx.Entries["~^live/"] = _mtx.Entry("~^live/", new JsonObject { ["maxReaders"] = 7, ["recordFormat"] = "mpegts", ["runOnRead"] = "notify" });
        _mtx.Governing = "~^live/";
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        Assert.Equal(ControlAnswer.Done, await recorder.StartAsync(Glasses, Cancel));
        Assert.Equal("""{"maxReaders":7,"recordFormat":"mpegts","runOnRead":"notify","record":true}""", server.Requests.Single(r => r.Method == "POST").Body);
    }

    [Theory]
    [InlineData("source", "rtsp://cam-$G1/")]
    [InlineData("srtPublishPassphrase", "***")]
    public async Task What_cannot_be_copied_is_refused_with_a_sentence(string key, string value)
    {
        _mtx.Entries["~^live/(.+)$"] = _mtx.Entry("~^live/(.+)$", new JsonObject { [key] = value });
        _mtx.Governing = "~^live/(.+)$";
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        var answer = await recorder.StartAsync(Glasses, Cancel);
        Assert.Equal(ControlOutcome.Refused, answer.Outcome);
        Assert.Contains("an entry of its own", answer.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Method == "POST");
    }

    [Fact]
    public async Task A_path_without_a_publisher_is_recorded_as_soon_as_there_is_one_and_stopping_it_does_nothing()
    {
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        Assert.Equal(ControlAnswer.Done, await recorder.StopAsync(Nobody, Cancel));
        Assert.DoesNotContain("live/nobody", _mtx.Entries);
        Assert.Equal(ControlAnswer.Done, await recorder.StartAsync(Nobody, Cancel));
        Assert.True((bool?)_mtx.Entries["live/nobody"]["record"]);
    }

    [Fact]
    public async Task A_path_recorded_by_a_pattern_is_stopped_by_an_entry_of_its_own()
    {
        _mtx.Entries["all_others"]["record"] = true;
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        Assert.Equal(ControlAnswer.Done, await recorder.StartAsync(Glasses, Cancel));
        Assert.DoesNotContain("live/glasses", _mtx.Entries);
        Assert.Equal(ControlAnswer.Done, await recorder.StopAsync(Glasses, Cancel));
        Assert.False((bool?)_mtx.Entries["live/glasses"]["record"]);
    }

    [Fact]
    public async Task An_entry_that_somebody_adds_in_between_is_changed()
    {
        _mtx.BeforeAdd = () => _mtx.Entries["live/glasses"] = _mtx.Entry("live/glasses", new JsonObject { ["maxReaders"] = 3 });
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        Assert.Equal(ControlAnswer.Done, await recorder.StartAsync(Glasses, Cancel));
        Assert.Equal((true, 3), ((bool?)_mtx.Entries["live/glasses"]["record"], (int?)_mtx.Entries["live/glasses"]["maxReaders"]));
    }

    [Theory]
    [InlineData("""{"confName":"all_others","name":"live/glasses"}""", """{"source":7}""", ControlOutcome.Refused)]
    [InlineData("""{"confName":"all_others","name":"live/glasses"}""", """{"source":{"a":1}}""", ControlOutcome.Refused)]
    [InlineData("""{"confName":"all_others","name":"live/glasses"}""", """{"source":"\ud800"}""", ControlOutcome.Nonsense)]
    [InlineData("""{"confName":"all_others","name":"live/glasses"}""", """{"\ud800":1}""", ControlOutcome.Nonsense)]
    [InlineData("""{"confName":"all_others","name":"live/glasses"}""", """{"a":[{"b":1,"b":2}]}""", ControlOutcome.Nonsense)]
    [InlineData("""{"confName":"\udc00","name":"live/glasses"}""", "{}", ControlOutcome.Nonsense)]
    public async Task Odd_settings_are_an_answer_and_no_exception(string path, string settings, ControlOutcome expected)
    {
        await using var server = await FakeMediaMtx.StartAsync((context, _) => context.Request.Path.Value switch
        {
            _ when context.Request.Method != "GET" => FakeMediaMtx.AnswerAsync(context, 404, """{"error":"path configuration not found"}"""),
            { } asked when asked.StartsWith("/v3/paths/get/", StringComparison.Ordinal) => FakeMediaMtx.AnswerAsync(context, 200, path),
            { } asked when asked.StartsWith("/v3/config/paths/get/", StringComparison.Ordinal) => FakeMediaMtx.AnswerAsync(context, 200, settings),
            _ => FakeMediaMtx.AnswerAsync(context, 200, "{}"),
        });
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        Assert.Equal(expected, (await recorder.StartAsync(Glasses, Cancel)).Outcome);
        Assert.Equal(expected == ControlOutcome.Nonsense ? expected : ControlOutcome.Ok, (await recorder.IsOnAsync(Glasses, Cancel)).End.Outcome);
    }

    [Fact]
    public async Task An_API_that_fails_is_told_as_it_is()
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(401, "{}");
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        Assert.Equal(ControlOutcome.Unauthorized, (await recorder.StartAsync(Glasses, Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Unauthorized, (await recorder.ListAsync(Glasses, null, Cancel)).Outcome);
    }

    [Fact]
    public async Task Recordings_are_listed_by_their_starts_when_there_is_no_playback_server()
    {
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = Recorder(client, server);
        var segment = Assert.Single((await recorder.ListAsync(Glasses, null, Cancel)).Value!);
        Assert.Equal((null, null), (segment.Duration, segment.Link));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 14, 57, 53, TimeSpan.Zero).AddTicks(818_710), segment.Start);
        Assert.Empty((await recorder.ListAsync(Nobody, null, Cancel)).Value!);
    }

    [Fact]
    public async Task Recordings_have_links_when_there_is_one()
    {
        _mtx.PlaybackList = """
            [{"start":"2026-11-21T15:00:00.123456789+01:00","duration":60.5,"url":"http://x"},{"start":"2026-11-21T13:00:00Z","duration":3},{"start":"?","duration":1},{"start":"2026-11-21T13:00:00Z","duration":-1}]
            """;
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = new PathRecorder(client, server.Address.AbsoluteUri, new MediaMtxOptions(), TimeProvider.System);
        var segments = (await recorder.ListAsync(Glasses, "https://video.example/playback/", Cancel)).Value!;
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60.5)], segments.Select(s => s.Duration!.Value));
        Assert.Equal(
            "https://video.example/playback/get?path=live%2Fglasses&start=2026-11-21T15%3A00%3A00.123456789%2B01%3A00&duration=60.5&format=mp4", segments[1].Link);
        Assert.Equal("/list?path=live/glasses", server.Requests[0].Target);
        Assert.All((await recorder.ListAsync(Glasses, null, Cancel)).Value!, s => Assert.Null(s.Link));

        _mtx.PlaybackList = null;
        Assert.Empty((await recorder.ListAsync(Glasses, null, Cancel)).Value!);
        _mtx.PlaybackList = "{}";
        Assert.Equal(ControlOutcome.Nonsense, (await recorder.ListAsync(Glasses, null, Cancel)).Outcome);
    }

    [Fact]
    public async Task Recordings_are_listed_by_their_starts_when_the_playback_server_is_switched_off()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var server = await _mtx.StartAsync();
        using var client = server.Client();
        using var recorder = new PathRecorder(client, $"http://127.0.0.1:{port}", new MediaMtxOptions(), TimeProvider.System);
        var segment = Assert.Single((await recorder.ListAsync(Glasses, "http://127.0.0.1:9996", Cancel)).Value!);
        Assert.Equal((null, null, 2026), (segment.Duration, segment.Link, segment.Start.Year));
        Assert.Empty((await recorder.ListAsync(Nobody, null, Cancel)).Value!);
    }

    private static PathRecorder Recorder(MediaMtxClient client, FakeMediaMtx server) =>
        new(client, null, new MediaMtxOptions { Api = server.Address.AbsoluteUri }, TimeProvider.System);
}
