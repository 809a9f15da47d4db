using VisionStream.LibAv;
using VisionStream.Restream.Targets;

namespace VisionStream.Tests.Restream.Targets;

public sealed class FirstPacketsTests : IDisposable
{
    // Pictures count 1/90000 s, sound 1/24000 s.
    private readonly FirstPackets _first = new([new Rational(1, 90_000), new Rational(1, 24_000)]);
    private readonly Packet _packet = new();

    [Fact]
    public void Pictures_wait_for_the_sound_that_begins_before_them()
    {
        Assert.True(Add(track: 0, dts: 3840));
        Assert.True(Add(track: 0, dts: 6840));
        Assert.False(Add(track: 1, dts: 0));
        Assert.Equal(0, _first.Start);
        Assert.Equal([(1, 0L), (0, 3840L), (0, 6840L)], Released());
    }

    [Fact]
    public void Sound_that_does_not_come_is_not_waited_for_longer_than_a_quarter_of_a_second()
    {
        Assert.True(Add(track: 0, dts: 90_000));
        Assert.True(Add(track: 0, dts: 90_000 + 22_499));
        Assert.False(Add(track: 0, dts: 90_000 + 22_500));
        Assert.Equal(1_000_000, _first.Start);
    }

    [Fact]
    public void A_target_with_one_track_begins_at_once()
    {
        using var alone = new FirstPackets([Rational.Microseconds]);
        _packet.SetData([1]);
        (_packet.Dts, _packet.StreamIndex) = (-40, 0);
        Assert.False(alone.TryAdd(_packet));
        Assert.Equal(-40, alone.Start);
    }

    [Fact]
    public void Packets_of_one_time_stay_in_order_and_are_given_once()
    {
        Assert.True(Add(track: 0, dts: 0));
        Assert.False(Add(track: 1, dts: 0));
        Assert.Equal([(0, 0L), (1, 0L)], Released());
        Assert.Empty(Released());
    }

    public void Dispose()
    {
        _first.Dispose();
        _packet.Dispose();
    }

    private bool Add(int track, long dts)
    {
        _packet.SetData([1]);
        (_packet.Dts, _packet.StreamIndex) = (dts, track);
        var waits = _first.TryAdd(_packet);
        Assert.Equal(0, _packet.Size);
        return waits;
    }

    private List<(int Track, long Dts)> Released()
    {
        var released = new List<(int, long)>();
        _first.Release(p => released.Add((p.StreamIndex, p.Dts)));
        return released;
    }
}
