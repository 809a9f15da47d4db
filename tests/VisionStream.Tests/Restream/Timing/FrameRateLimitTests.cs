using VisionStream.Restream.Timing;

namespace VisionStream.Tests.Restream.Timing;

public sealed class FrameRateLimitTests
{
    [Theory]
    [InlineData(30, 15, 150)]
    [InlineData(30, 10, 100)]
    [InlineData(30, 30, 300)]
    [InlineData(30, 20, 200)]
    [InlineData(25, 30, 250)]
    [InlineData(29.97, 29.97, 300)]
    public void Ten_seconds_give_the_frames_that_the_rate_allows(double source, double limit, int expected)
    {
        var rate = new FrameRateLimit(limit, 90_000);
        var admitted = Enumerable.Range(0, (int)(source * 10) + 1).Count(i => rate.Admit((long)(i * 90_000 / source)));
        Assert.InRange(admitted, expected - 1, expected + 1);
    }

    [Fact]
    public void Jitter_of_a_source_at_the_very_rate_costs_no_frame()
    {
        var rate = new FrameRateLimit(15, 1000);
        var random = new Random(3);
        Assert.Equal(300, Enumerable.Range(0, 300).Count(i => rate.Admit((long)(i * 66.67) + random.Next(0, 4))));
    }

    [Fact]
    public void After_a_gap_it_goes_on_at_once_and_does_not_catch_up()
    {
        var rate = new FrameRateLimit(10, 1000);
        Assert.True(rate.Admit(0));
        Assert.True(rate.Admit(5000));
        Assert.False(rate.Admit(5033));
        Assert.True(rate.Admit(5100));
    }
}
