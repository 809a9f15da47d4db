using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Restream.Timing;
using VisionStream.Tests.Ingest;

namespace VisionStream.Tests.Restream.Timing;

public sealed class OutputTimelineTests
{
    private static readonly StreamSession First = new("01A", DateTimeOffset.UnixEpoch);
    private static readonly StreamSession Second = new("01B", DateTimeOffset.UnixEpoch);

    private readonly ManualTime _time = new();
    private readonly OutputTimeline _timeline;

    public OutputTimelineTests() => _timeline = new OutputTimeline(_time);

    [Fact]
    public void The_first_session_keeps_its_own_times()
    {
        Assert.Equal(90_000, _timeline.Map(First, Ms(1000)));
        Pass(33);
        Assert.Equal(93_000, _timeline.Map(First, new MediaTime(3100, 1, 3000)));
    }

    [Fact]
    public void Negative_times_are_moved_to_zero()
    {
        Assert.Equal(0, _timeline.Map(First, Ms(-200)));
        Assert.Equal(9_000, _timeline.Map(First, Ms(-100)));
    }

    [Fact]
    public void A_new_session_goes_on_where_real_time_says()
    {
        _timeline.Map(First, Ms(1000));
        Pass(4000);
        Assert.Equal(5 * 90_000, _timeline.Map(Second, Ms(777_000)));
        Pass(40);
        Assert.Equal((5 * 90_000) + 3_600, _timeline.Map(Second, Ms(777_040)));
    }

    [Fact]
    public void Stills_advance_with_real_time_and_the_source_carries_on_after_them()
    {
        _timeline.Map(First, Ms(1000));
        Pass(500);
        Assert.Equal(135_000, _timeline.MapStill());
        Pass(500);
        Assert.Equal(180_000, _timeline.MapStill());
        Pass(100);
        Assert.Equal(189_000, _timeline.Map(First, Ms(2100)));
    }

    [Fact]
    public void Stills_before_any_frame_start_at_zero()
    {
        Assert.Equal(0, _timeline.MapStill());
        Pass(100);
        Assert.Equal(9_000, _timeline.MapStill());
    }

    [Theory]
    [InlineData(900)]
    [InlineData(1000)]
    [InlineData(9_000_000)]
    public void A_clock_that_jumps_within_a_session_does_not_make_the_output_jump(long ptsMs)
    {
        _timeline.Map(First, Ms(1000));
        Pass(40);
        Assert.Equal(93_600, _timeline.Map(First, Ms(ptsMs)));
        Pass(40);
        Assert.Equal(97_200, _timeline.Map(First, Ms(ptsMs + 40)));
    }

    [Fact]
    public void Frames_that_arrive_in_a_burst_keep_their_distance()
    {
        _timeline.Map(First, Ms(0));
        Pass(1000);
        for (var i = 1; i <= 25; i++)
        {
            Assert.Equal(i * 3600, _timeline.Map(First, Ms(i * 40)));
        }
    }

    [Fact]
    public void Sound_follows_the_frames_of_its_session_and_waits_for_the_first()
    {
        Assert.Equal(SoundTiming.TooEarly, _timeline.MapSound(First, 0, out _));
        _timeline.Map(First, Ms(1000));
        Assert.Equal(SoundTiming.Known, _timeline.MapSound(First, 1_000_000, out var pts));
        Assert.Equal(SoundTiming.TooEarly, _timeline.MapSound(Second, 0, out _));
        Assert.Equal(90_000, pts);
        Pass(1000);
        _timeline.Map(Second, Ms(50_000));
        Assert.Equal(SoundTiming.TooLate, _timeline.MapSound(First, 2_000_000, out _));
        Assert.Equal(SoundTiming.Known, _timeline.MapSound(Second, 50_010_000, out pts));
        Assert.Equal(180_900, pts);
    }

    private static MediaTime Ms(long value) => new(value, 1, 1000);

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
