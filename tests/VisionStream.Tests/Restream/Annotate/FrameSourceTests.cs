using VisionStream.Restream.Annotate;
using VisionStream.Tests.Ingest;

namespace VisionStream.Tests.Restream.Annotate;

public sealed class FrameSourceTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly GreySource _grey = new();
    private readonly FrameSource _source;
    private readonly IDisposable _follower;

    public FrameSourceTests() => (_source, _follower) = (new FrameSource(_grey.Stream.Ring, _time), _grey.Stream.Ring.Follow());

    [Fact]
    public void Frames_come_in_order_and_none_is_missed_by_a_reader_that_keeps_up()
    {
        for (var i = 1; i <= 50; i++)
        {
            _grey.Publish(i * 40, 32, 32);
            Assert.Equal(i, Next());
        }

        Assert.Null(Next());
        Assert.Equal(0, _source.Skipped);
    }

    [Fact]
    public void A_reader_that_is_a_little_behind_catches_up_frame_by_frame()
    {
        Publish(1);
        Assert.Equal(1, Next());
        Publish(_grey.Stream.Ring.Capacity / 2);
        for (var i = 2; i <= 16; i++)
        {
            Assert.Equal(i, Next());
        }

        Assert.Equal(0, _source.Skipped);
    }

    [Fact]
    public void A_reader_that_is_far_behind_goes_to_the_newest_and_counts_what_it_missed()
    {
        Publish(1);
        Assert.Equal(1, Next());
        Publish(100);
        Assert.Equal(101, Next());
        Assert.Equal(99, _source.Skipped);
        Assert.Null(Next());
    }

    [Fact]
    public void Frames_from_before_its_time_are_not_counted_as_missed()
    {
        Publish(100);
        Assert.Equal(100, Next());
        Assert.Equal(0, _source.Skipped);
    }

    [Fact]
    public void Silence_counts_from_the_last_frame_and_looking_at_it_again_does_not_end_it()
    {
        Publish(1);
        Assert.Equal(1, Next());
        var at = _source.LastAt;
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(_source.TryNewest(out var lease));
        lease.Dispose();
        Assert.Equal(TimeSpan.FromSeconds(3), _source.Silence);
        Assert.Equal(at, _source.LastAt);
    }

    public void Dispose()
    {
        _follower.Dispose();
        _grey.Dispose();
    }

    private void Publish(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _grey.Publish(i, 32, 32);
        }
    }

    private long? Next()
    {
        if (!_source.TryNext(out var lease))
        {
            return null;
        }

        using (lease)
        {
            return lease.Frame.Id;
        }
    }
}
