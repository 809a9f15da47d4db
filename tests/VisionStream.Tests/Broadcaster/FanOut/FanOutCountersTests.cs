using VisionStream.Broadcaster.FanOut;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Tests.Broadcaster.FanOut;

public class FanOutCountersTests
{
    private readonly FanOutCounters _counters = new();

    [Fact]
    public void The_total_is_the_sum_over_the_streams_and_what_belongs_to_none()
    {
        _counters.Of(Samples.Glasses).CountSent(100);
        _counters.Of(Samples.Glasses).CountLost(2);
        _counters.Of(Samples.Robot).CountSent(50);
        _counters.Others.CountSent(7);
        Assert.Equal((3, 157, 2), (_counters.Sent, _counters.Bytes, _counters.Lost));
        Assert.Same(_counters.Of(Samples.Robot), _counters.Of(Samples.Robot));
    }

    [Fact]
    public void A_stream_that_is_no_more_leaves_its_counts_to_the_total()
    {
        var gone = _counters.Of(Samples.Glasses);
        gone.CountSent(100);
        gone.CountLost(5);
        _counters.Of(Samples.Robot).CountSent(10);
        _counters.Retire(s => s == Samples.Robot);
        Assert.Equal([Samples.Robot], _counters.ByStream.Select(s => s.Key));
        Assert.Equal((2, 110, 5), (_counters.Sent, _counters.Bytes, _counters.Lost));

        // What was on its way meanwhile counts too, and one of its name that comes later begins anew.
        gone.CountSent(1);
        gone.CountLost(1);
        Assert.Equal((3, 111, 6), (_counters.Sent, _counters.Bytes, _counters.Lost));
        Assert.Equal(0, _counters.Of(Samples.Glasses).Sent);
    }

    [Fact]
    public void No_message_goes_uncounted_while_streams_come_and_go()
    {
        const int messages = 50_000;
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < messages; i++)
            {
                _counters.Of(Samples.Glasses).CountSent(1);
                if (i % 1000 == 0)
                {
                    _counters.Retire(s => s == Samples.Robot);
                }
            }
        });
        _counters.Retire(_ => false);
        Assert.Equal((4 * messages, 4 * messages), (_counters.Sent, _counters.Bytes));
    }

    [Fact]
    public void An_encoded_frame_and_its_compressed_form_carry_the_tally_of_their_stream()
    {
        var pool = new FramePool();
        using var encoder = new MessageEncoder(pool, new ManualTime());
        var tally = _counters.Of(Samples.Glasses);
        var broadcast = new Broadcast(Samples.Frame(1), 1, tally);
        var all = VisionStream.Broadcaster.Subscriptions.DetectionFilter.All;
        Assert.Same(tally, broadcast.Encode(new FrameVariant(all, IsDeflated: true), encoder).Tally);
        Assert.Same(tally, broadcast.Encode(new FrameVariant(all, IsDeflated: false), encoder).Tally);
        broadcast.Done();
    }
}
