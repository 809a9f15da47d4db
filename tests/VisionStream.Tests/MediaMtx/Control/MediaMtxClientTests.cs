using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Control;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.MediaMtx.Control;

/// <summary>Versions, pages, and everything that can go wrong between the client and a control API.</summary>
public class MediaMtxClientTests
{
    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"name":"a","ready":true}""", true, true)]
    [InlineData("""{"name":"a","ready":false}""", false, false)]
    [InlineData("""{"name":"a","ready":true,"available":true,"online":false}""", false, true)]
    [InlineData("""{"name":"a","ready":false,"available":true,"online":true}""", true, true)]
    [InlineData("""{"name":"a","available":true}""", true, true)]
    [InlineData("""{"name":"a","ready":"yes","online":null}""", false, false)]
    [InlineData("""{"name":"a","ready":true,"source":null,"tracks":null,"readers":null,"tracks2":{},"bytesReceived":-1,"new":[1]}""", true, true)]
    public async Task Paths_of_all_versions_are_understood(string json, bool online, bool available)
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, json);
        using var client = server.Client();
        var path = (await client.GetPathAsync(Glasses, Cancel)).Value;
        Assert.Equal((online, available), (path?.Online, path?.Available));
    }

    [Fact]
    public async Task A_path_of_v1_9_is_read_whole()
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, """
            {"name":"cam","confName":"cam","source":{"type":"rtspSource","id":""},"ready":true,"readyTime":"2026-01-02T03:04:05Z",
             "tracks":["H265","Opus"],"bytesReceived":7,"bytesSent":9,"readers":[{"type":"rtspSession","id":"x"},{"type":"hlsMuxer","id":""}]}
            """);
        using var client = server.Client();
        var path = (await client.GetPathAsync(Glasses, Cancel)).Value;
        Assert.NotNull(path);
        Assert.Equal(["H265", "Opus"], path.Tracks);
        Assert.Equal((2, 7L, 9L, 0), (path.Readers, path.InboundBytes, path.OutboundBytes, path.Width));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), path.OnlineSince);
        Assert.Equal(new PathSource("rtspSource", ""), path.Source);
    }

    [Fact]
    public async Task All_pages_are_fetched_in_order()
    {
        await using var server = await FakeMediaMtx.StartAsync((context, _) => FakeMediaMtx.AnswerAsync(context, 200,
            $$"""{"itemCount":3,"pageCount":3,"items":[{"name":"page{{context.Request.Query["page"]}}"}]}"""));
        using var client = server.Client();
        var paths = await client.ListPathsAsync(Cancel);
        Assert.Equal(["page0", "page1", "page2"], paths.Value?.Select(p => p.Name));
    }

    [Fact]
    public async Task A_list_that_never_ends_is_nonsense()
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, """{"pageCount":1000000000,"items":[{"name":"a"}]}""");
        using var client = server.Client();
        Assert.Equal(ControlOutcome.Nonsense, (await client.ListPathsAsync(Cancel)).Outcome);
        Assert.InRange(server.Requests.Count, 1, 50);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>Welcome</html>")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"items":"many"}""")]
    [InlineData(502, "Bad gateway")]
    [InlineData(302, "")]
    public async Task What_is_no_control_API_is_nonsense(int status, string body)
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(status, body);
        using var client = server.Client();
        var answer = await client.ListPathsAsync(Cancel);
        Assert.Equal(ControlOutcome.Nonsense, answer.Outcome);
        Assert.Contains("Is this MediaMTX's control API", answer.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_beyond_the_limit_is_not_read(bool announced)
    {
        await using var server = await FakeMediaMtx.StartAsync(async (context, _) =>
        {
            var body = new byte[100_000];
            context.Response.ContentLength = announced ? body.Length : null;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        });
        using var client = server.Client(with: o => o with { MaxAnswerBytes = 50_000 });
        var answer = await client.GetInfoAsync(Cancel);
        Assert.Equal(ControlOutcome.Nonsense, answer.Outcome);
        Assert.Contains("longer than 50000 bytes", answer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_without_a_name_is_left_out_and_the_others_stay()
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, """{"itemCount":3,"pageCount":1,"items":[{"ready":true},7,{"name":"a"}]}""");
        using var client = server.Client();
        Assert.Equal(["a"], (await client.ListPathsAsync(Cancel)).Value?.Select(p => p.Name));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Refused_credentials_are_told_apart(int status)
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(status, """{"error":"authentication error"}""");
        using var client = server.Client();
        Assert.Equal(ControlOutcome.Unauthorized, (await client.GetInfoAsync(Cancel)).Outcome);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        using var client = new MediaMtxClient(new MediaMtxOptions { Api = $"http://joe:hush@127.0.0.1:{port}" }, TimeProvider.System);
        var answer = await client.GetInfoAsync(Cancel);
        Assert.Equal(ControlOutcome.Unreachable, answer.Outcome);
        Assert.Contains($"http://127.0.0.1:{port} ", answer.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", answer.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("joe", answer.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_says_nothing_more_runs_into_the_deadline(bool afterHeaders)
    {
        var time = new ManualTime();
        var asked = new TaskCompletionSource();
        await using var server = await FakeMediaMtx.StartAsync(async (context, _) =>
        {
            if (afterHeaders)
            {
                await context.Response.WriteAsync("{", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            asked.SetResult();
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        using var client = server.Client(time, o => o with { Deadline = TimeSpan.FromSeconds(5) });
        var pending = client.GetInfoAsync(Cancel);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(pending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ControlOutcome.TimedOut, (await pending).Outcome);
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown()
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, "{}");
        using var client = server.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetInfoAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_token_goes_as_a_password_or_the_credentials_of_the_address_do()
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, "{}");
        using var byToken = server.Client(with: o => o with { Token = "secret" });
        using var byAddress = server.Client(with: o => o with { Api = o.Api.Replace("http://", "http://joe:h%40sh@", StringComparison.Ordinal) });
        _ = await byToken.GetInfoAsync(Cancel);
        _ = await byAddress.GetInfoAsync(Cancel);
        Assert.Equal(["Basic " + Convert.ToBase64String("vs:secret"u8), "Basic " + Convert.ToBase64String("joe:h@sh"u8)], server.Requests.Select(r => r.Authorization));
    }

    [Fact]
    public async Task A_complaint_that_repeats_a_password_is_masked_and_cut()
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(400,
            $$"""{"error":"invalid source 'rtsp://joe:hush@cam/1'\n{{new string('x', 1000)}}"}""");
        using var client = server.Client();
        var answer = await client.AddPathConfigurationAsync(Glasses, [], Cancel);
        Assert.Equal(ControlOutcome.Refused, answer.Outcome);
        Assert.DoesNotContain("hush", answer.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', answer.Sentence);
        Assert.InRange(answer.Sentence.Length, 1, 400);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("all_others")]
    [InlineData("~.")]
    public async Task Names_that_mean_many_paths_to_MediaMTX_change_nothing(string name)
    {
        await using var server = await FakeMediaMtx.AnsweringAsync(200, "{}");
        using var client = server.Client();
        var answer = await client.PatchPathConfigurationAsync(StreamName.Parse(name), new JsonObject { ["record"] = true }, Cancel);
        Assert.Equal(ControlOutcome.Refused, answer.Outcome);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_regular_expression_reaches_MediaMTX_as_it_is()
    {
        await using var server = await FakeMediaMtx.StartAsync((context, _) =>
            FakeMediaMtx.AnswerAsync(context, 200, $$"""{"name":"{{context.Request.Path.Value!["/v3/config/paths/get/".Length..].Replace("\\", "\\\\", StringComparison.Ordinal)}}"}"""));
        using var client = server.Client();
        var entry = await client.GetPathConfigurationAsync(@"~^live/(\d+)?x#$", Cancel);
        Assert.Equal(@"~^live/(\d+)?x#$", (string?)entry.Value?["name"]);
    }

    [Theory]
    [InlineData("127.0.0.1:9997")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:9997/?a=b")]
    public void An_address_that_cannot_be_one_is_named(string api) =>
        Assert.Contains("MediaMtx:Api", Assert.Single(new MediaMtxOptions { Api = api }.Validate()), StringComparison.Ordinal);

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        Assert.Equal(4, new MediaMtxOptions { Api = "x", Token = "a b", Deadline = TimeSpan.Zero, MaxAnswerBytes = 1 }.Validate().Count);
}
