using VisionStream.Core.Streams;
using VisionStream.Ingest.Decoding;
using VisionStream.LibAv;

namespace VisionStream.Tests.Ingest.Decoding;

public sealed class ArrivalLogTests
{
    [Fact]
    public void A_picture_finds_its_own_packet_in_any_order()
    {
        var log = new ArrivalLog();
        long[] decodingOrder = [0, 120, 40, 80, 240, 160, 200];
        for (var i = 0; i < decodingOrder.Length; i++)
        {
            log.Add(decodingOrder[i], Arrival(i + 1));
        }

        foreach (var (pts, sequence) in new[] { (0, 1), (40, 3), (80, 4), (120, 2), (160, 6), (200, 7), (240, 5) })
        {
            Assert.True(log.Find(pts, out var arrival));
            Assert.Equal(sequence, arrival.Sequence);
        }
    }

    [Fact]
    public void A_picture_without_a_time_is_taken_for_the_newest_packet_and_that_is_said()
    {
        var log = new ArrivalLog();
        log.Add(Packet.NoPts, Arrival(1));
        log.Add(Packet.NoPts, Arrival(2));
        Assert.False(log.Find(Packet.NoPts, out var arrival));
        Assert.Equal(2, arrival.Sequence);
        Assert.False(log.Find(77, out arrival));
        Assert.Equal(2, arrival.Sequence);
    }

    [Fact]
    public void Only_the_newest_packets_are_remembered()
    {
        var log = new ArrivalLog();
        for (var i = 0; i < ArrivalLog.Capacity + 10; i++)
        {
            log.Add(i, Arrival(i));
        }

        Assert.False(log.Find(9, out _));
        Assert.True(log.Find(10, out var arrival));
        Assert.Equal(10, arrival.Sequence);
        log.Clear();
        Assert.Throws<InvalidOperationException>(() => log.Find(10, out _));
    }

    private static PacketArrival Arrival(long sequence) => new(sequence, sequence * 10, DateTimeOffset.UnixEpoch, ClockSource.Arrival);
}
