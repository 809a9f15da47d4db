using VisionStream.Host.Bench;

namespace VisionStream.Tests.Host.Bench;

public sealed class FanoutTallyTests
{
    [Fact]
    public void It_counts_what_is_of_interest_and_nothing_else()
    {
        var tally = new FanoutTally(10, 2);
        foreach (var sequence in new long[] { 9, 10, 10, 11, 12 })
        {
            tally.Arrived(sequence, 100);
        }

        Assert.Equal((3, 300), (tally.Delivered, tally.Bytes));
        Assert.True(tally.IsComplete(1));
        Assert.False(tally.IsComplete(2));
        // Only number 10 came to two.
        Assert.True(Assert.Single(tally.Spreads()) >= 0);
    }

    [Fact]
    public async Task Arrivals_on_several_threads_are_all_counted()
    {
        var tally = new FanoutTally(0, 100);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                tally.Arrived(i % 100, 1);
            }
        })));
        Assert.Equal((40_000, 40_000), (tally.Delivered, tally.Bytes));
        Assert.All(tally.Spreads(), s => Assert.True(s > 0));
    }
}
