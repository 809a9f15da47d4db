using System.Text;
using VisionStream.Broadcaster.FanOut;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Tests.Broadcaster.FanOut;

public sealed class OutboxTests : IAsyncDisposable
{
    private const int QueueLength = 4;

    private readonly FramePool _pool = new();
    private readonly FanOutCounters _counters = new();
    private readonly ManualTime _time = new();
    private readonly GatedStream _connection = new();
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(_connection, QueueLength, _time, _counters);

    public async ValueTask DisposeAsync()
    {
        _outbox.Close(null);
        await _outbox.Closed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(1, Math.Max(1, _connection.MostWritesAtOnce));
        Assert.Equal(_outbox.Lost, _counters.Lost);
        Assert.Equal(_outbox.Sent, _counters.Sent);
        await _connection.DisposeAsync();
    }

    [Fact]
    public void A_frame_goes_out_at_once_on_the_callers_thread()
    {
        Assert.False(Offer("a"));
        Assert.False(Offer("b"));
        Assert.Equal(["a", "b"], Texts());
        Assert.Equal(2, _outbox.Sent);
        Assert.Equal(Outbox.NotStuck, _outbox.StuckSince);
    }

    [Fact]
    public async Task What_comes_while_a_write_is_stuck_follows_it_in_order()
    {
        _connection.Stop();
        Offer("a", "b", "c");
        Assert.Empty(Texts());
        _connection.Go();
        await Eventually.BecomesTrue(() => _outbox.Sent == 3, "all are sent");
        Assert.Equal(["a", "b", "c"], Texts());
        Assert.Equal(0, _outbox.Lost);
    }

    [Fact]
    public async Task A_full_queue_loses_its_oldest_results_and_tells_once_an_episode()
    {
        _connection.Stop();
        Assert.Equal([false, false, false, false, false, true, false], "0123456".Select(c => Offer(c.ToString())));
        _connection.Go();
        await Eventually.BecomesTrue(() => _outbox.Sent == 5, "what was kept is sent");
        Assert.Equal(["0", "3", "4", "5", "6"], Texts());
        Assert.Equal(2, _outbox.Lost);

        _connection.Stop();
        Assert.Equal([false, false, false, false, false, true], "abcdef".Select(c => Offer(c.ToString())));
        _connection.Go();
        await Eventually.BecomesTrue(() => _outbox.Sent == 10, "the second episode is over");
    }

    [Fact]
    public async Task A_state_outlives_results_in_a_full_queue()
    {
        _connection.Stop();
        Offer("0");
        Offer(Frame("state", isDroppable: false));
        Offer("1", "2", "3", "4", "5");
        _connection.Go();
        await Eventually.BecomesTrue(() => _outbox.Sent == 5, "what was kept is sent");
        Assert.Equal(["0", "state", "3", "4", "5"], Texts());
    }

    [Fact]
    public async Task Losses_are_told_with_the_sum_since_the_last_time_and_one_notice_waits_at_most()
    {
        Assert.False(_outbox.NeedsLagNotice(out _, out _));
        _connection.Stop();
        Offer("0", "1", "2", "3", "4", "5", "6");
        Assert.True(_outbox.NeedsLagNotice(out var lost, out var total));
        Assert.Equal((2, 2), (lost, total));
        OfferLag("lag", total);
        Assert.Equal(3, _outbox.Lost);
        Assert.False(_outbox.NeedsLagNotice(out _, out _));
        _connection.Go();
        await Eventually.BecomesTrue(() => Texts().Contains("lag"), "the notice is sent");
        await Eventually.BecomesTrue(() => _outbox.NeedsLagNotice(out lost, out total), "the loss that the notice itself caused is told");
        Assert.Equal((1, 3), (lost, total));
        OfferLag("lag again", total);
        Assert.False(_outbox.NeedsLagNotice(out _, out _));
    }

    [Fact]
    public async Task Close_drops_what_waits_and_sends_the_close_frame_last()
    {
        _connection.Stop();
        Offer("0", "1", "2");
        _outbox.Close(SharedFrame.Close(_pool, CloseStatus.GoingAway, ""));
        Assert.True(_outbox.Closing.IsCompleted);
        Assert.False(_outbox.Closed.IsCompleted);
        Offer("late");
        _connection.Go();
        await _outbox.Closed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _connection.Written.Count);
        Assert.Equal(new byte[] { 0x88, 2, 0x03, 0xE9 }, _connection.Written[1]);
        Assert.Equal((1, 2), (_outbox.Sent, _outbox.Lost));
    }

    [Fact]
    public async Task Only_the_first_close_counts()
    {
        _outbox.Close(SharedFrame.Close(_pool, CloseStatus.Normal, ""));
        _outbox.Close(SharedFrame.Close(_pool, CloseStatus.GoingAway, ""));
        await _outbox.Closed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0xE8, Assert.Single(_connection.Written)[3]);
    }

    [Fact]
    public async Task A_broken_connection_ends_it_and_gives_everything_back()
    {
        _connection.Stop();
        Offer("0", "1", "2");
        _connection.Break();
        await _outbox.Closed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(_outbox.Closing.IsCompleted);
        Assert.Equal((0, 3), (_outbox.Sent, _outbox.Lost));
    }

    [Fact]
    public async Task It_says_since_when_it_is_stuck()
    {
        _connection.Stop();
        _time.Advance(TimeSpan.FromSeconds(5));
        Offer("0");
        var since = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(since, _outbox.StuckSince);
        _connection.Go();
        await Eventually.BecomesTrue(() => _outbox.StuckSince == Outbox.NotStuck, "the write finishes");
    }

    [Fact]
    public async Task Offers_from_many_threads_all_arrive_whole()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                Offer($"{t}:{i}");
            }
        })));
        await Eventually.BecomesTrue(() => _outbox.Sent + _outbox.Lost == 2000, "each is sent or lost");
        var texts = Texts();
        Assert.Equal(_outbox.Sent, texts.Count);
        foreach (var thread in texts.Select(t => t.Split(':')).GroupBy(t => t[0]))
        {
            var numbers = thread.Select(t => int.Parse(t[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    private void Offer(params string[] texts)
    {
        foreach (var text in texts)
        {
            Offer(text);
        }
    }

    private bool Offer(string text) => Offer(Frame(text, isDroppable: true));

    private bool Offer(SharedFrame frame)
    {
        var result = _outbox.Offer(frame);
        frame.Release();
        return result;
    }

    private void OfferLag(string text, long total)
    {
        var notice = Frame(text, isDroppable: false);
        _outbox.OfferLag(notice, total);
        notice.Release();
    }

    private SharedFrame Frame(string text, bool isDroppable)
    {
        var buffer = _pool.Rent(100);
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(SharedFrame.HeaderRoom));
        return SharedFrame.Around(_pool, buffer, length, Opcode.Text, isDroppable);
    }

    private List<string> Texts() => [.. _connection.Written.Where(f => (f[0] & 15) == 1).Select(f => Encoding.UTF8.GetString(f[2..]))];
}
