using System.Text.Json.Nodes;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Control;

namespace VisionStream.Tests.MediaMtx.Control;

/// <summary>The client against the answers of a real v1.20.1, sent by a real HTTP server with the statuses it used.</summary>
public class RecordedAnswersTests
{
    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");
    private static readonly StreamName Nobody = StreamName.Parse("live/nobody");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_says_which_it_is()
    {
        await using var server = await ReplayAsync();
        using var client = server.Client();
        var info = await client.GetInfoAsync(Cancel);
        Assert.Equal(new ServerInfo("v1.20.1", DateTimeOffset.Parse("2026-11-21T14:57:24.3268247Z", null)), info.Value);
    }

    [Fact]
    public async Task Paths_are_listed_with_publisher_tracks_and_figures()
    {
        await using var server = await ReplayAsync();
        using var client = server.Client();
        var paths = (await client.ListPathsAsync(Cancel)).Value;
        Assert.NotNull(paths);
        Assert.Equal(["live/glasses", "robot/camera"], paths.Select(p => p.Name));
        var glasses = paths[0];
        Assert.True(glasses.Online);
        Assert.True(glasses.Available);
        Assert.Equal("all_others", glasses.ConfigurationName);
        Assert.Equal(new PathSource("rtmpConn", "bd14d619-4a59-4870-bbf4-d1904d0f5af0"), glasses.Source);
        Assert.Equal(["H264", "MPEG-4 Audio"], glasses.Tracks);
        Assert.Equal((768, 432), (glasses.Width, glasses.Height));
        Assert.Equal((1, 311033L, 98691L), (glasses.Readers, glasses.InboundBytes, glasses.OutboundBytes));
        Assert.Equal((1280, 720), (paths[1].Width, paths[1].Height));
    }

    [Fact]
    public async Task One_path_is_found_and_another_is_not()
    {
        await using var server = await ReplayAsync();
        using var client = server.Client();
        Assert.Equal("live/glasses", (await client.GetPathAsync(Glasses, Cancel)).Value?.Name);
        var missing = await client.GetPathAsync(Nobody, Cancel);
        Assert.Equal(ControlOutcome.NotFound, missing.Outcome);
        Assert.Contains("path not found", missing.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configurations_come_as_they_are()
    {
        await using var server = await ReplayAsync();
        using var client = server.Client();
        Assert.Equal("fmp4", (string?)(await client.GetPathDefaultsAsync(Cancel)).Value?["recordFormat"]);
        Assert.Equal("127.0.0.1:18554", (string?)(await client.GetGlobalConfigurationAsync(Cancel)).Value?["rtspAddress"]);
        Assert.True((bool?)(await client.GetPathConfigurationAsync("live/glasses", Cancel)).Value?["record"]);
    }

    [Fact]
    public async Task Entries_are_added_changed_and_deleted_with_the_statuses_that_MediaMTX_uses()
    {
        await using var server = await ReplayAsync();
        using var client = server.Client();
        var record = new JsonObject { ["record"] = true };
        Assert.Equal(ControlAnswer.Done, await client.AddPathConfigurationAsync(Glasses, record, Cancel));
        Assert.Equal(ControlOutcome.AlreadyExists, (await client.AddPathConfigurationAsync(Glasses, record, Cancel)).Outcome);
        Assert.Equal(ControlAnswer.Done, await client.PatchPathConfigurationAsync(Glasses, new JsonObject { ["record"] = false }, Cancel));
        Assert.Equal(ControlOutcome.NotFound, (await client.PatchPathConfigurationAsync(Nobody, record, Cancel)).Outcome);
        var unknown = await client.AddPathConfigurationAsync(Nobody, new JsonObject { ["nonsense"] = 1 }, Cancel);
        Assert.Equal(ControlOutcome.Refused, unknown.Outcome);
        Assert.Contains("unknown field", unknown.Sentence, StringComparison.Ordinal);
        Assert.Equal(ControlAnswer.Done, await client.DeletePathConfigurationAsync(Glasses, Cancel));

        // MediaMTX v1.20 answers 400 to any other type, a charset included.
        Assert.All(server.Requests.Where(r => r.Body.Length > 0), r => Assert.Equal("application/json", r.ContentType));
    }

    [Fact]
    public async Task Recordings_are_listed()
    {
        await using var server = await ReplayAsync();
        using var client = server.Client();
        var start = new DateTimeOffset(2026, 11, 21, 14, 57, 53, TimeSpan.Zero).AddTicks(818_710);
        Assert.Equal([start], (await client.GetRecordingsAsync(Glasses, Cancel)).Value?.SegmentStarts);
        Assert.Equal("live/glasses", Assert.Single((await client.ListRecordingsAsync(Cancel)).Value!).Name);
    }

    [Theory]
    [InlineData("rtmpConn", "rtmpconns")]
    [InlineData("rtspSession", "rtspsessions")]
    [InlineData("webRTCSession", "webrtcsessions")]
    [InlineData("srtConn", "srtconns")]
    public async Task A_publisher_is_disconnected_by_its_kind_and_identifier(string type, string list)
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, "{\"status\":\"ok\"}");
        using var client = server.Client();
        var id = "bd14d619-4a59-4870-bbf4-d1904d0f5af0";
        Assert.Equal(ControlAnswer.Done, await client.KickAsync(new PathSource(type, id), Cancel));
        Assert.Equal(("POST", $"/v3/{list}/kick/{id}"), (server.Requests[0].Method, server.Requests[0].Target));
    }

    [Theory]
    [InlineData("rtspSource", "")]
    [InlineData("rtmpConn", "../../config/global/patch")]
    public async Task What_cannot_be_disconnected_is_refused_without_asking(string type, string id)
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, "{}");
        using var client = server.Client();
        Assert.Equal(ControlOutcome.Refused, (await client.KickAsync(new PathSource(type, id), Cancel)).Outcome);
        Assert.Empty(server.Requests);
    }

    private static Task<FakeMediaMtx> ReplayAsync()
    {
        var added = new HashSet<string>();
        _ = Recorded.Read("README.md");
        return FakeMediaMtx.StartAsync((context, body) =>
        {
            var (status, name) = (context.Request.Method, context.Request.Path.Value) switch
            {
                ("GET", "/v3/info") => (200, "info"),
                ("GET", "/v3/paths/list") => (200, "paths-list"),
                ("GET", "/v3/paths/get/live/glasses") => (200, "paths-get"),
                ("GET", "/v3/config/global/get") => (200, "config-global-get"),
                ("GET", "/v3/config/pathdefaults/get") => (200, "config-pathdefaults-get"),
                ("GET", "/v3/config/paths/get/live/glasses") => (200, "config-paths-get"),
                ("POST", _) when body.Contains("nonsense", StringComparison.Ordinal) => (400, "config-paths-add-bad-field"),
                ("POST", "/v3/config/paths/add/live/glasses") when added.Add("live/glasses") => (200, "config-paths-add"),
                ("POST", "/v3/config/paths/add/live/glasses") => (400, "config-paths-add-again"),
                ("PATCH", "/v3/config/paths/patch/live/glasses") => (200, "config-paths-patch-record-off"),
                ("PATCH", _) => (404, "config-paths-patch-missing"),
                ("DELETE", "/v3/config/paths/delete/live/glasses") => (200, "config-paths-delete"),
                ("GET", "/v3/recordings/list") => (200, "recordings-list"),
                ("GET", "/v3/recordings/get/live/glasses") => (200, "recordings-get"),
                _ => (404, "paths-get-not-found"),
            };
            return FakeMediaMtx.AnswerAsync(context, status, Recorded.Read($"api/{name}.json"));
        });
    }
}
