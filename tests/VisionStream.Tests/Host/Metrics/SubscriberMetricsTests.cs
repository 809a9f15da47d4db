using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Metrics;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Broadcaster.Connections;
using VisionStream.Tests.Host.Access;

namespace VisionStream.Tests.Host.Metrics;

/// <summary>What /metrics tells of subscribers, by stream, over real sockets.</summary>
public class SubscriberMetricsTests
{
    [Fact]
    public async Task Subscribers_and_messages_are_told_by_stream_in_Prometheus_format()
    {
        // All services of the process report together, so the names are this test's own.
        var (a, b) = (StreamName.Parse($"metrics/{Guid.NewGuid():N}"), StreamName.Parse($"metrics/{Guid.NewGuid():N}"));
        await using var service = await GuardedService.StartAsync(o => o with { Access = new AccessSettings() });
        service.Feed.Publish(Samples.Frame(1, a));
        service.Feed.Publish(Samples.Frame(1, b));
        using var both = await TestSubscriber.JoinAsync(WsOf(service, $"{a},{b}"));
        using var one = await TestSubscriber.JoinAsync(WsOf(service, a.Value));
        service.Feed.Publish(Samples.Frame(2, a));
        service.Feed.Publish(Samples.Frame(2, b));
        service.Feed.Publish(Samples.Frame(3, a));
        for (var i = 0; i < 3; i++)
        {
            await both.ReadAsync("detections");
        }

        await one.ReadAsync("detections");
        await one.ReadAsync("detections");

        var metrics = service.App.Services.GetRequiredService<MetricsCollector>();
        await Eventually.BecomesTrue(
            () => metrics.Collect() is var now
                && now.Contains($"visionstream_stream_subscribers{{stream=\"{a}\"}} 2\n", StringComparison.Ordinal)
                && now.Contains($"visionstream_messages_sent_total{{stream=\"{a}\"}} 4\n", StringComparison.Ordinal),
            "both subscribers and what they got are told");
        var answer = await service.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"visionstream_stream_subscribers{{stream=\"{b}\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"visionstream_messages_sent_total{{stream=\"{b}\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"visionstream_messages_lost_total{{stream=\"{a}\"}} 0\n", text, StringComparison.Ordinal);
        PrometheusGrammar.AssertHolds(text);
    }

    private static Uri WsOf(GuardedService service, string streams) =>
        new UriBuilder(service.App.Urls.Single()) { Scheme = "ws", Path = "/ws", Query = $"streams={Uri.EscapeDataString(streams)}" }.Uri;
}
