using VisionStream.Core.Metrics;

namespace VisionStream.Tests.Core.Metrics;

public sealed class FrameLedgerTests
{
    [Fact]
    public async Task The_books_balance_when_many_threads_write()
    {
        var ledger = new FrameLedger();
        var reasons = Enum.GetValues<DropReason>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                ledger.CountDecoded();
                if (i % 3 == 0)
                {
                    ledger.CountAnalysed();
                }
                else if (i % 3 == 1)
                {
                    ledger.CountDropped(reasons[(i + t) % reasons.Length]);
                }

                Assert.True(ledger.Waiting() >= 0);
            }
        })));

        Assert.Equal(40_000, ledger.Decoded);
        Assert.Equal(reasons.Sum(ledger.Dropped), ledger.DroppedInAll());
        Assert.Equal(ledger.Decoded, ledger.Analysed + ledger.DroppedInAll() + ledger.Waiting());
    }

    [Fact]
    public void A_negative_number_of_drops_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameLedger().CountDropped(DropReason.Stopped, -1));
}
