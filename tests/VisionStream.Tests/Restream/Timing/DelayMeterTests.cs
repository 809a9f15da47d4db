using VisionStream.Restream.Timing;
using VisionStream.Tests.Ingest;

namespace VisionStream.Tests.Restream.Timing;

public sealed class DelayMeterTests
{
    private readonly ManualTime _time = new();
    private readonly DelayMeter _meter;

    public DelayMeterTests() => _meter = new DelayMeter(_time);

    [Fact]
    public void A_delay_counts_from_arrival_and_from_decoding_to_the_connection()
    {
        var arrived = _time.GetTimestamp();
        Pass(3);
        var decoded = _time.GetTimestamp();
        Pass(10);
        _meter.Entered(9000, arrived, decoded);
        Pass(5);
        _meter.HandedOver(9000);

        Assert.Equal([Delay(15, 18)], _meter.Newest(10));
    }

    [Fact]
    public void An_encoder_that_holds_pictures_back_is_charged_for_it()
    {
        Enter(0);
        Pass(40);
        Enter(3600);
        _meter.HandedOver(0);
        Pass(40);
        _meter.HandedOver(3600);

        Assert.Equal([Delay(40, 40), Delay(40, 40)], _meter.Newest(10));
    }

    [Fact]
    public void Packets_of_stills_and_of_pictures_long_gone_count_for_nothing()
    {
        _meter.HandedOver(1);
        for (var i = 0; i <= 64; i++)
        {
            Enter(i);
        }

        _meter.HandedOver(0);
        _meter.HandedOver(1000);
        Assert.Empty(_meter.Newest(10));
        _meter.HandedOver(1);
        Assert.Single(_meter.Newest(10));
    }

    [Fact]
    public void The_newest_are_kept_oldest_first()
    {
        for (var i = 0; i < DelayMeter.Capacity + 5; i++)
        {
            Enter(i);
            Pass(1);
            _meter.HandedOver(i);
            Enter(-1 - i);
            Pass(2);
            _meter.HandedOver(-1 - i);
        }

        Assert.Equal([Delay(2, 2), Delay(1, 1), Delay(2, 2)], _meter.Newest(3));
        Assert.Equal(DelayMeter.Capacity, _meter.Newest(int.MaxValue).Length);
        Assert.Empty(_meter.Newest(0));
    }

    [Fact]
    public void Measuring_allocates_nothing()
    {
        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                Enter(i);
                _meter.HandedOver(i);
            }
        }));
    }

    private static FrameDelay Delay(double sinceDecoded, double sinceArrived) =>
        new(TimeSpan.FromMilliseconds(sinceDecoded), TimeSpan.FromMilliseconds(sinceArrived));

    private void Enter(long pts) => _meter.Entered(pts, _time.GetTimestamp(), _time.GetTimestamp());

    private void Pass(double milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
