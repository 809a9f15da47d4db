using VisionStream.Restream.Timing;
using VisionStream.Tests.Ingest;

namespace VisionStream.Tests.Restream.Timing;

public sealed class SourceClockTests
{
    private const int Pictures = 0;
    private const int Sound = 1;

    private readonly ManualTime _time = new();
    private readonly SourceClock _clock;

    public SourceClockTests() => _clock = new SourceClock(_time);

    [Fact]
    public void Times_stay_as_they_are_while_they_rise()
    {
        Assert.Equal([100, 100.04, 103, 5000], new[] { 100, 100.04, 103, 5000 }.Select(own => At(Pictures, own)));
        Assert.Equal(TimeSpan.Zero, _clock.StepBack);
    }

    [Fact]
    public void A_packet_out_of_order_is_left_where_it_is()
    {
        At(Pictures, 100);
        Assert.Equal(91, At(Pictures, 91));
        Assert.Equal(TimeSpan.Zero, _clock.StepBack);
    }

    [Fact]
    public void A_clock_that_goes_back_is_followed_from_where_real_time_is()
    {
        At(Pictures, 3600);
        Pass(0.5);
        Assert.Equal(3600.5, At(Pictures, 7));
        Assert.Equal(TimeSpan.FromSeconds(3593), _clock.StepBack);
        Pass(0.04);
        Assert.Equal(3600.54, At(Pictures, 7.04), 6);
        Assert.Equal(TimeSpan.Zero, _clock.StepBack);
    }

    [Fact]
    public void The_tracks_go_back_one_after_the_other_and_stay_in_step()
    {
        At(Pictures, 3600);
        At(Sound, 3600.01);
        Pass(0.04);
        Assert.Equal(3600.05, At(Pictures, 7), 6);

        // One more of the clock before.
        Assert.Equal(3600.03, At(Sound, 3600.03), 6);
        Assert.Equal(3600.06, At(Sound, 7.01), 6);
        Assert.Equal(TimeSpan.Zero, _clock.StepBack);
        Assert.Equal(3600.09, At(Pictures, 7.04), 6);
    }

    [Fact]
    public void A_track_that_keeps_its_clock_keeps_its_place()
    {
        At(Pictures, 3600);
        At(Sound, 3600);
        for (var i = 1; i <= 20; i++)
        {
            Pass(1);
            Assert.Equal(3600 + i, At(Pictures, i), 6);
            Assert.Equal(3600 + i, At(Sound, 3600 + i), 6);
        }
    }

    [Fact]
    public void A_source_that_begins_again_is_placed_as_it_is_told()
    {
        _clock.Begin(TimeSpan.FromSeconds(-3));
        Assert.Equal(0, At(Pictures, 3));
        Assert.Equal(60, At(Sound, 63));
        _clock.Begin(TimeSpan.FromSeconds(47));
        Assert.Equal(50, At(Sound, 3));
        Assert.Equal(TimeSpan.Zero, _clock.StepBack);
    }

    private double At(int track, double seconds)
    {
        var own = TimeSpan.FromSeconds(seconds);
        return (own + _clock.OffsetAt(track, own)).TotalSeconds;
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
