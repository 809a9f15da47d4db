using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class MediaTests
{
    [Fact]
    public void Times_are_rescaled_to_the_nearest_tick_and_without_overflow()
    {
        var rtp = new Rational(1, 90_000);
        Assert.Equal(33, rtp.Rescale(3003, Rational.Milliseconds));
        Assert.Equal(-33, rtp.Rescale(-3003, Rational.Milliseconds));
        Assert.Equal(2, new Rational(1, 2).Rescale(3, new Rational(1, 1)));
        Assert.Equal(Packet.NoPts, rtp.Rescale(Packet.NoPts, Rational.Milliseconds));
        Assert.Equal(102_481_911_520_608_611, rtp.Rescale(long.MaxValue / 1_000, Rational.Microseconds));
        Assert.Throws<InvalidOperationException>(() => new Rational(1, 0).Rescale(1, Rational.Milliseconds));
        Assert.Equal((25.0, true, new Rational(1, 25), "25/1"), (new Rational(25, 1).Value, new Rational(25, 1).IsKnown, new Rational(25, 1).Inverse, new Rational(25, 1).ToString()));
        Assert.Equal((0.0, false), (new Rational(0, 0).Value, new Rational(0, 0).IsKnown));
    }

    [Fact]
    public void Options_are_immutable_and_the_later_value_wins()
    {
        var first = MediaOptions.None.With("b", "2").With("a", 1);
        var second = first.With("b", "3").With(MediaOptions.None.With("c", "4"));
        Assert.Equal(["a=1", "b=2"], first.Values.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(["a=1", "b=3", "c=4"], second.Values.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(("3", null), (second["b"], second["x"]));
        Assert.Throws<ArgumentException>(() => first.With("", "1"));
    }

    [Fact]
    public void Packets_share_their_data_until_one_is_written_to()
    {
        using var packet = new Packet();
        Assert.Equal((0, Packet.NoPts, Packet.NoPts), (packet.Size, packet.Pts, packet.Dts));
        packet.SetData([1, 2, 3]);
        (packet.Pts, packet.Dts, packet.Duration, packet.StreamIndex) = (90, 60, 30, 1);
        packet.MarkKey(true);
        using var clone = packet.Clone();
        Assert.Equal((90L, 60L, 30L, 1, true, 3), (clone.Pts, clone.Dts, clone.Duration, clone.StreamIndex, clone.IsKey, clone.Size));
        clone.GetWritableData()[0] = 9;
        Assert.Equal([1, 2, 3], packet.Data.ToArray());
        Assert.Equal([9, 2, 3], clone.Data.ToArray());
        clone.Rescale(new Rational(1, 30), Rational.Milliseconds);
        Assert.Equal((3000L, 2000L, 1000L), (clone.Pts, clone.Dts, clone.Duration));
        clone.CopyRef(packet);
        Assert.Equal(90, clone.Pts);
        packet.Clear();
        Assert.Equal((0, 3), (packet.Size, clone.Size));
        Assert.Null(clone.ProducerReferenceTime);
        Assert.False(clone.IsCorrupt);
    }

    [Fact]
    public void A_disposed_packet_or_frame_says_so()
    {
        var packet = new Packet();
        packet.Dispose();
        Assert.Throws<ObjectDisposedException>(() => packet.Pts);
        var frame = new Frame();
        frame.Dispose();
        Assert.Throws<ObjectDisposedException>(() => frame.Width);
    }
}
