using VisionStream.Core.Audio;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Core.Audio;

public sealed class AudioRingTests
{
    private static readonly AudioFormat Aac = new(new StreamSession("01JDA", DateTimeOffset.UnixEpoch), "aac", 44_100, 1, 1024, new byte[] { 0x12, 0x08 });

    private readonly byte[] _buffer = new byte[AudioRing.MaxPacketSize];

    [Fact]
    public void Packets_come_out_in_order_with_their_times_and_bytes()
    {
        var ring = new AudioRing(4) { Format = Aac };
        for (byte i = 1; i <= 3; i++)
        {
            Assert.Equal(i, ring.Write([i, i, i], i * 1000, 500));
        }

        for (var i = 1; i <= 3; i++)
        {
            Assert.True(ring.TryReadNext(i - 1, _buffer, out var packet));
            Assert.Equal(new AudioPacket(i, Aac, i * 1000, 500, 3), packet);
            Assert.Equal([(byte)i, (byte)i, (byte)i], _buffer[..3]);
        }

        Assert.False(ring.TryReadNext(3, _buffer, out _));
    }

    [Fact]
    public void A_slow_reader_goes_on_with_the_oldest_that_is_left_and_sees_the_gap()
    {
        var ring = new AudioRing(4) { Format = Aac };
        for (var i = 0; i < 10; i++)
        {
            ring.Write([(byte)i], i, 0);
        }

        Assert.True(ring.TryReadNext(1, _buffer, out var packet));
        Assert.Equal(7, packet.Id);
        Assert.Equal(6, _buffer[0]);
        Assert.Equal(5, packet.Id - 1 - 1);
    }

    [Fact]
    public void Readers_do_not_disturb_each_other()
    {
        var ring = new AudioRing(4) { Format = Aac };
        ring.Write([1], 0, 0);
        Assert.True(ring.TryReadNext(0, _buffer, out var first));
        Assert.True(ring.TryReadNext(0, _buffer, out var second));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Writing_without_a_format_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new AudioRing().Write([1], 0, 0));

    [Fact]
    public void Empty_and_oversized_packets_are_refused()
    {
        var ring = new AudioRing { Format = Aac };
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Write([], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Write(new byte[AudioRing.MaxPacketSize + 1], 0, 0));
    }

    [Fact]
    public void A_packet_keeps_the_format_it_was_written_under()
    {
        var ring = new AudioRing { Format = Aac };
        ring.Write([1], 0, 0);
        ring.Format = Aac with { Codec = "opus" };
        ring.Write([2], 0, 0);
        Assert.True(ring.TryReadNext(0, _buffer, out var first));
        Assert.True(ring.TryReadNext(1, _buffer, out var second));
        Assert.Equal(("aac", "opus"), (first.Format.Codec, second.Format.Codec));
    }

    [Fact]
    public void Steady_state_allocates_nothing()
    {
        var ring = new AudioRing(8) { Format = Aac };
        var data = new byte[400];
        Assert.Equal(0, SteadyState.Allocation(Run));

        void Run()
        {
            for (var i = 0; i < 20; i++)
            {
                var id = ring.Write(data, i, 0);
                Assert.True(ring.TryReadNext(id - 1, _buffer, out _));
            }
        }
    }

    [Fact]
    public async Task A_reader_beside_the_writer_never_sees_a_torn_packet()
    {
        var ring = new AudioRing(4) { Format = Aac };
        var writer = Task.Run(() =>
        {
            Span<byte> data = stackalloc byte[60];
            for (var i = 0; i < 20_000; i++)
            {
                data.Fill((byte)i);
                ring.Write(data[..(1 + (i % 60))], i, 0);
            }
        }, TestContext.Current.CancellationToken);
        var last = 0L;
        while (last < 20_000)
        {
            if (ring.TryReadNext(last, _buffer, out var packet))
            {
                Assert.True(packet.Id > last);
                Assert.Equal(packet.Id - 1, packet.PtsMicroseconds);
                Assert.Equal(1 + (int)((packet.Id - 1) % 60), packet.Size);
                Assert.False(_buffer.AsSpan(0, packet.Size).ContainsAnyExcept((byte)(packet.Id - 1)));
                last = packet.Id;
            }
        }

        await writer;
    }
}
