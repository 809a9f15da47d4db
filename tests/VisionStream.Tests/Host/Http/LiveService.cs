using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Host.Pipelines;
using VisionStream.Host.Serving;
using VisionStream.Ingest;
using VisionStream.Ingest.Sources;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Host.Http;

/// <summary>The whole service on a free port with a tiny model and without keys unless the test says otherwise. For one test.</summary>
internal sealed class LiveService : IAsyncDisposable
{
    public const string Pictures = "lavfi:testsrc2=size=320x240:rate=25";

    /// <summary>Callers may name pictures that libav makes, files and this machine.</summary>
    public static readonly SourcePolicy Anything = new() { Schemes = Enum.GetValues<SourceScheme>(), AllowPrivateAddresses = true };

    private readonly TinyModels _files;

    private LiveService(WebApplication app, TinyModels files)
    {
        (App, _files) = (app, files);
        Http = new HttpClient { BaseAddress = new Uri(Service.Address(app)) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    public TinyModels Files => _files;

    public PipelineDirectory Pipelines => App.Services.GetRequiredService<PipelineDirectory>();

    public static async Task<LiveService> StartAsync(Func<ServeOptions, TinyModels, ServeOptions>? configure = null)
    {
        Prerequisite.Require(MediaLibraries.TryLoad(out var found), found);
        var files = new TinyModels();
        var options = new ServeOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Access = new AccessSettings { Urls = Anything },
            Recordings = files.File("recordings"),
            Defaults = new AnalysisOptions { Model = files.Pets, Fps = 20, Cadence = "fixed" },
        };
        var app = Service.Build(configure?.Invoke(options, files) ?? options);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<PostedStreams>().RestoreAsync();
        return new LiveService(app, files);
    }

    public StreamPipeline? Find(string name) => Pipelines.Find(StreamName.Parse(name));

    public Task<Answer> SendAsync(HttpMethod method, string path, object? body = null) =>
        SendTextAsync(method, path, body is null ? null : JsonSerializer.Serialize(body));

    public async Task<Answer> SendTextAsync(HttpMethod method, string path, string? body, string type = "application/json")
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Answer(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.Location?.OriginalString, bytes);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        _files.Dispose();
    }
}
