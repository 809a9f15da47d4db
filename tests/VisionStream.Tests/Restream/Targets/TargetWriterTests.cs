using VisionStream.LibAv;
using VisionStream.Restream.Targets;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Restream.Targets;

public sealed class TargetWriterTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"target-{Guid.NewGuid():N}.flv");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_track_begins_with_its_first_packet_that_has_a_time(int without)
    {
        var times = Write(10, i => i >= without);
        Assert.Equal(10 - without, times.Count);
        Assert.All(times.Zip(times.Skip(1)), t => Assert.Equal(40, t.Second - t.First, 1.0));
    }

    [Fact]
    public void A_packet_without_a_time_further_on_follows_its_predecessor()
    {
        var times = Write(10, i => i != 4);
        Assert.Equal(10, times.Count);
        Assert.All(times.Zip(times.Skip(1)), t => Assert.True(t.Second >= t.First));
        Assert.Equal(80, times[5] - times[3], 1.0);
    }

    public void Dispose() => File.Delete(_file);

    /// <summary>Copies the first pictures of a clip and gives the times that came out, in milliseconds.</summary>
    private List<double> Write(int count, Func<int, bool> hasTime)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var source = Demuxer.Open(Clips.Find("mall-people-walking.mp4"), null, cancel);
        var track = new TargetTrack(source.Video!.Parameters, source.Video.TimeBase);
        using (var writer = TargetWriter.Open(TargetUrl.Parse(_file), [track], TimeSpan.FromSeconds(60), cancel))
        using (var packet = new Packet())
        {
            for (var i = 0; i < count;)
            {
                Assert.Equal(ReadResult.Packet, source.Read(packet));
                if (packet.StreamIndex == source.Video.Index)
                {
                    // As a camera without B-frames would send them.
                    packet.Pts = packet.Dts = hasTime(i) ? TimeOf(source, i) : Packet.NoPts;
                    writer.Write(packet, 0);
                    i++;
                }
            }

            writer.Finish();
        }

        return [.. ReadTimes()];
    }

    private static long TimeOf(Demuxer source, int picture) => Rational.Milliseconds.Rescale(picture * 40L, source.Video!.TimeBase);

    private IEnumerable<double> ReadTimes()
    {
        using var target = Demuxer.Open(_file, null, TestContext.Current.CancellationToken);
        using var packet = new Packet();
        while (target.Read(packet) == ReadResult.Packet)
        {
            yield return packet.Dts * target.Video!.TimeBase.Value * 1000;
        }
    }
}
