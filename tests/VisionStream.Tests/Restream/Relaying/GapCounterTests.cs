using VisionStream.Restream.Relaying;

namespace VisionStream.Tests.Restream.Relaying;

public sealed class GapCounterTests
{
    [Fact]
    public void A_steady_rate_has_no_gaps()
    {
        Assert.Equal(0, Count(Enumerable.Range(0, 500).Select(i => i / 30.0)));
    }

    [Fact]
    public void Jitter_is_no_gap()
    {
        var random = new Random(1);
        Assert.Equal(0, Count(Enumerable.Range(0, 500).Select(i => (i / 30.0) + (random.NextDouble() * 0.012))));
    }

    [Fact]
    public void Missing_packets_are_counted()
    {
        Assert.Equal(7, Count(Enumerable.Range(0, 300).Where(i => i is not (50 or 100 or 101 or 102 or 200 or 250 or 252)).Select(i => i / 30.0)));
    }

    [Fact]
    public void A_camera_that_slows_down_is_adapted_to()
    {
        var slow = Enumerable.Range(0, 1000).Select(i => i < 100 ? i / 30.0 : (100 / 30.0) + ((i - 100) / 10.0));
        Assert.InRange(Count(slow), 0, 40);
    }

    [Fact]
    public void A_pause_and_a_clock_that_goes_back_are_no_losses()
    {
        Assert.Equal(0, Count([0, 0.04, 0.08, 100, 100.04, 50, 50.04]));
    }

    private static long Count(IEnumerable<double> times)
    {
        var gaps = new GapCounter();
        foreach (var time in times)
        {
            gaps.Observe(time);
        }

        return gaps.Lost;
    }
}
