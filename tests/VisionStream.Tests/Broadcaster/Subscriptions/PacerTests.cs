using VisionStream.Broadcaster.Subscriptions;

namespace VisionStream.Tests.Broadcaster.Subscriptions;

public sealed class PacerTests
{
    private const long TicksPerSecond = 1000;

    [Theory]
    [InlineData(10, 5, 50)]
    [InlineData(10, 10, 100)]
    [InlineData(10, 3, 30)]
    [InlineData(10, 20, 100)]
    [InlineData(30, 7, 70)]
    public void A_steady_source_is_thinned_to_the_limit(int sourceFps, double maxFps, int expectedInTenSeconds)
    {
        var pacer = new Pacer(maxFps, TicksPerSecond);
        var admitted = Enumerable.Range(0, sourceFps * 10).Count(i => pacer.Admits(Samples.Glasses, i * TicksPerSecond / sourceFps));
        Assert.InRange(admitted, expectedInTenSeconds - 1, expectedInTenSeconds + 1);
    }

    [Fact]
    public void Jitter_at_the_limit_itself_costs_no_message()
    {
        var pacer = new Pacer(10, TicksPerSecond);
        var random = new Random(7);
        Assert.All(Enumerable.Range(0, 1000), i => Assert.True(pacer.Admits(Samples.Glasses, (i * 100) + random.Next(-10, 11))));
    }

    [Fact]
    public void A_pause_is_not_made_up_for()
    {
        var pacer = new Pacer(10, TicksPerSecond);
        Assert.True(pacer.Admits(Samples.Glasses, 0));
        var afterPause = Enumerable.Range(0, 100).Count(i => pacer.Admits(Samples.Glasses, 60_000 + i));
        Assert.InRange(afterPause, 1, 3);
    }

    [Fact]
    public void Streams_do_not_share_a_limit()
    {
        var pacer = new Pacer(1, TicksPerSecond);
        Assert.True(pacer.Admits(Samples.Glasses, 0));
        Assert.True(pacer.Admits(Samples.Robot, 0));
        Assert.False(pacer.Admits(Samples.Glasses, 100));
        Assert.False(pacer.Admits(Samples.Robot, 100));
    }
}
