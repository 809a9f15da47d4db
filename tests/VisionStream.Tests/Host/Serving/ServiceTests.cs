using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.Core.Streams;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.Host.Serving;
using VisionStream.Ingest;
using VisionStream.Tests.Detector.Models;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Host.Serving;

public sealed class ServiceTests
{
    [Fact]
    public async Task Ready_is_said_when_all_that_was_asked_for_has_been_started_wherever_its_source_is()
    {
        Prerequisite.Require(MediaLibraries.TryLoad(out var found), found);
        var cancel = TestContext.Current.CancellationToken;
        using var files = new TinyModels();
        var options = new ServeOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Streams = [new StreamOptions { Name = StreamName.Parse("away"), Url = "rtsp://127.0.0.1:1/away", Analysis = new AnalysisOptions { Model = files.Pets } }],
        };
        await using var app = Service.Build(options);
        await app.StartAsync(cancel);
        using var http = new HttpClient { BaseAddress = new Uri(Service.Address(app)) };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", cancel)).StatusCode);
        using var before = await http.GetAsync("/health/ready", cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Contains("is starting", await before.Content.ReadAsStringAsync(cancel), StringComparison.Ordinal);

        await Service.StartStreamsAsync(app, options);
        using var after = await http.GetAsync("/health/ready", cancel);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), (after.StatusCode, await after.Content.ReadAsStringAsync(cancel)));
        Assert.NotNull(app.Services.GetRequiredService<PipelineDirectory>().Find(StreamName.Parse("away")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_are_compressed_only_when_that_is_configured(bool deflate)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var app = Service.Build(new ServeOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Deflate = deflate });
        await app.StartAsync(cancel);
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(new Uri(Service.Address(app).Replace("http", "ws", StringComparison.Ordinal) + "/ws"), cancel);

        Assert.Equal(deflate, socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
        await app.StopAsync(cancel);
    }

    [Fact]
    public async Task Threads_are_chosen_for_several_streams_where_more_may_come_than_are_configured()
    {
        using var folder = new TempFolder();
        var state = folder.File("state.json");
        var alone = new ServeOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), StateFile = state };
        Assert.Equal(1, await StreamsAsync(alone));
        Assert.Equal(2, await StreamsAsync(alone with { MediaMtx = new MediaMtxSettings() }));
        await File.WriteAllTextAsync(state, "[]", TestContext.Current.CancellationToken);
        Assert.Equal(2, await StreamsAsync(alone));

        static async Task<int> StreamsAsync(ServeOptions options)
        {
            await using var app = Service.Build(options);
            return app.Services.GetRequiredService<InferenceOptions>().Streams;
        }
    }
}
