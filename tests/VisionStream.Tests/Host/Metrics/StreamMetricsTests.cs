using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.Host.Metrics;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Host.Http;

namespace VisionStream.Tests.Host.Metrics;

/// <summary>What /metrics tells of streams that come and go.</summary>
public class StreamMetricsTests
{
    [Fact]
    public async Task A_stream_that_is_removed_takes_its_latencies_with_it()
    {
        // All services of the process report together, so the names are this test's own.
        var (gone, kept) = ($"metrics/{Guid.NewGuid():N}", $"metrics/{Guid.NewGuid():N}");
        await using var service = await LiveService.StartAsync();
        var metrics = service.App.Services.GetRequiredService<MetricsCollector>();
        foreach (var name in (string[])[gone, kept])
        {
            Assert.Equal(HttpStatusCode.Created, (await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name, url = LiveService.Pictures })).Status);
            await Eventually.BecomesTrue(() => metrics.Collect().Contains(Total(name), StringComparison.Ordinal), "its latency is told");
        }

        Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync(HttpMethod.Delete, $"/v1/streams/{Uri.EscapeDataString(gone)}")).Status);
        var text = metrics.Collect();
        Assert.DoesNotContain($"visionstream_latency_milliseconds_bucket{{stream=\"{gone}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Total(gone), text, StringComparison.Ordinal);
        Assert.Contains(Total(kept), text, StringComparison.Ordinal);
        PrometheusGrammar.AssertHolds(text);
    }

    private static string Total(string name) => $"visionstream_latency_milliseconds_count{{stream=\"{name}\",stage=\"total\"}}";
}
