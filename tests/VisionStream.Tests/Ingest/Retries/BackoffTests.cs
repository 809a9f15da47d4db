using VisionStream.Ingest.Retries;

namespace VisionStream.Tests.Ingest.Retries;

public sealed class BackoffTests
{
    [Fact]
    public void Delays_double_up_to_the_longest_and_start_again_after_a_success()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10), new NoJitter());
        var delays = Enumerable.Range(0, 7).Select(_ => backoff.Next().TotalSeconds).ToArray();
        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10], delays);
        Assert.Equal(7, backoff.Attempts);
        backoff.Reset();
        Assert.Equal(0, backoff.Attempts);
        Assert.Equal(0.5, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Jitter_shortens_a_delay_by_at_most_a_third()
    {
        var delays = Enumerable.Range(0, 1000)
            .Select(seed => new Backoff(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), new Random(seed)).Next().TotalSeconds).ToArray();
        Assert.All(delays, d => Assert.InRange(d, 2, 3));
        Assert.True(delays.Max() - delays.Min() > 0.9, "the delays of different streams differ");
    }

    private sealed class NoJitter : Random
    {
        public override double NextDouble() => 0;
    }
}
