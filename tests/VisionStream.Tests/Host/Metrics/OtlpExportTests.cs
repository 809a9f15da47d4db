using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using VisionStream.Host.Configuration;
using VisionStream.Host.Serving;

namespace VisionStream.Tests.Host.Metrics;

/// <summary>What a collector gets, over HTTP.</summary>
public class OtlpExportTests
{
    [Fact]
    public async Task A_collector_gets_figures_and_log_lines_with_the_streams_name()
    {
        var received = new ConcurrentQueue<(string Path, string Text)>();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
            received.Enqueue((signal, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);

        await using (var app = Service.Build(new ServeOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Otlp = new Uri(collector.Urls.Single()) }))
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("VisionStream.Test");
            VisionStream.Host.Serving.Log.Watching(log, VisionStream.Core.Streams.StreamName.Parse("live/cam"), "rtsp://host/cam", "m.onnx", 10);
            Assert.True(app.Services.GetRequiredService<MeterProvider>().ForceFlush(30_000));
        }

        Assert.Contains(received, r => r.Path == "metrics" && r.Text.Contains("process.resident_memory", StringComparison.Ordinal)
            && r.Text.Contains("visionstream.subscribers", StringComparison.Ordinal) && r.Text.Contains("service.name", StringComparison.Ordinal));
        Assert.Contains(received, r => r.Path == "logs" && r.Text.Contains("live/cam: watching", StringComparison.Ordinal) && r.Text.Contains("Stream", StringComparison.Ordinal));
    }
}
