using System.Text.Json;
using VisionStream.Core.Detections;
using VisionStream.Host.Bench;

namespace VisionStream.Tests.Host.Bench;

public sealed class LatencyReportTests
{
    [Fact]
    public void It_says_where_the_time_of_the_median_trial_went()
    {
        var trials = new[] { 100.0, 120, 110 }.Select(ms => new LatencyTrial(ms, new StageLatency(4, 6, 0.5, 70, 0.5, 81))).ToList();
        var text = new LatencyReport(trials, 1, 9.99, 65, 80, 200_000_000, "nginx-rtmp").ToString();
        Assert.Contains("3 times (1 missed), via nginx-rtmp", text, StringComparison.Ordinal);
        Assert.Contains("p50 110.0 ms   p90 120.0 ms", text, StringComparison.Ordinal);
        Assert.Contains("encoder, server, sending 29.0 ms, decode 4.0 ms, queue 6.0 ms, preprocess 0.5 ms, inference 70.0 ms", text, StringComparison.Ordinal);
        Assert.Contains("nothing beside it: inference 65.0 ms", text, StringComparison.Ordinal);
        Assert.Contains("80 % of one of", text, StringComparison.Ordinal);
        Assert.Contains("200 MB at its peak", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"detections"}""", null)]
    [InlineData("""{"latency_ms":{"inference":50}}""", null)]
    [InlineData("""{"latency_ms":{"decode":1,"queue":2,"preprocess":3,"inference":4,"postprocess":5,"total":15}}""", 15.0)]
    public void Stages_are_read_from_a_message_that_has_them(string json, double? total)
    {
        using var message = JsonDocument.Parse(json);
        Assert.Equal(total, LatencyTrial.StagesOf(message.RootElement)?.Total);
    }
}
