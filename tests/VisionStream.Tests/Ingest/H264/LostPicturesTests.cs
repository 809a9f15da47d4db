using VisionStream.Ingest.H264;
using VisionStream.LibAv;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest.H264;

public sealed class LostPicturesTests
{
    [Theory]
    [MemberData(nameof(Clips.All), MemberType = typeof(Clips))]
    public void Nothing_is_missing_from_a_sound_clip(string clip, int frames, int width, int height)
    {
        Assert.True(width > height);
        var (packets, header) = PacketsOf(Clips.Find(clip));
        var lost = new LostPictures(header);
        Assert.Equal(frames, packets.Count);
        Assert.DoesNotContain(packets, p => lost.Check(p));
    }

    [Fact]
    public void Every_missing_reference_is_noticed_at_the_next_packet_and_told_once()
    {
        var (packets, header) = PacketsOf(Clips.Find("cat-chair.mp4"));
        for (var missing = 1; missing < 60; missing++)
        {
            var lost = new LostPictures(header);
            var told = packets.Index().Where(p => p.Index != missing && lost.Check(p.Item)).Select(p => p.Index).ToArray();
            var isReference = (packets[missing][HeaderOfFirstSlice(packets[missing])] & 0x60) != 0;
            Assert.Equal(isReference ? [missing + 1] : [], told);
        }
    }

    [Fact]
    public void A_missing_key_frame_is_noticed()
    {
        var (packets, header) = PacketsOf(Clips.Find("person-enter-leave.mp4"));
        var key = packets.FindIndex(1, p => (p[HeaderOfFirstSlice(p)] & 0x1F) == 5);
        var lost = new LostPictures(header);
        var told = packets.Index().Where(p => p.Index != key && lost.Check(p.Item)).Select(p => p.Index).ToArray();
        Assert.Equal([key + 1], told);
    }

    [Fact]
    public void Numbers_that_jump_in_every_group_are_not_believed()
    {
        var (packets, parameters) = PacketsOf(Clips.Find("person-enter-leave.mp4"));
        var lost = new LostPictures(parameters);
        var isFirstReference = false;
        foreach (var packet in packets)
        {
            var header = packet[HeaderOfFirstSlice(packet)];
            var isKey = (header & 0x1F) == 5;
            var isDropped = isFirstReference && !isKey && (header & 0x60) != 0;
            isFirstReference = isKey || (isFirstReference && !isDropped);
            if (isDropped)
            {
                continue;
            }

            _ = lost.Check(packet);
            if (lost.IsUnbelievable)
            {
                return;
            }
        }

        Assert.Fail("50 groups with a gap each were all believed");
    }

    [Fact]
    public void Noise_is_neither_a_loss_nor_an_exception()
    {
        var random = new Random(5);
        for (var i = 0; i < 5000; i++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            if (noise.Length > 5 && i % 2 == 0)
            {
                (noise[0], noise[1], noise[2], noise[3]) = (0, 0, 1, (byte)random.Next(10));
            }

            var lost = new LostPictures(noise);
            _ = lost.Check(noise);
            _ = lost.Check([]);
        }
    }

    [Fact]
    public void Checking_allocates_nothing()
    {
        var (packets, header) = PacketsOf(Clips.Find("cat-chair.mp4"));
        var lost = new LostPictures(header);
        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                _ = lost.Check(packets[i]);
            }
        }));
    }

    private static (List<byte[]> Packets, byte[] Header) PacketsOf(string path)
    {
        using var demuxer = Demuxer.Open(path, cancellationToken: TestContext.Current.CancellationToken);
        using var packet = new Packet();
        var packets = new List<byte[]>();
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            if (packet.StreamIndex == demuxer.Video!.Index)
            {
                packets.Add(packet.Data.ToArray());
            }
        }

        return (packets, demuxer.Video!.Parameters.Extradata.ToArray());
    }

    // MP4: units behind lengths of four bytes.
    private static int HeaderOfFirstSlice(byte[] packet)
    {
        for (var at = 0; ; at += 4 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(at)))
        {
            if ((packet[at + 4] & 0x1F) is 1 or 5)
            {
                return at + 4;
            }
        }
    }
}
