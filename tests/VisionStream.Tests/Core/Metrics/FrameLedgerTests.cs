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
    public void Frames_that_are_passed_over_are_entered_once()
    {
        var ledger = new FrameLedger();
        for (var i = 0; i < 10; i++)
        {
            ledger.CountDecoded();
        }

        Assert.Equal(4, ledger.PassOver(4, DropReason.Superseded));
        ledger.Take(5);
        ledger.CountAnalysed();
        Assert.Equal(0, ledger.PassOver(5, DropReason.Superseded));
        Assert.Equal(5, ledger.PassOver(10, DropReason.Stopped));
        Assert.Equal((4, 5, 1, 0), (ledger.Dropped(DropReason.Superseded), ledger.Dropped(DropReason.Stopped), ledger.Analysed, ledger.Waiting()));
    }

    [Fact]
    public void A_negative_number_of_drops_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameLedger().CountDropped(DropReason.Stopped, -1));
}
