using System.Collections.Concurrent;
using VisionStream.LibAv;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Relaying;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Tests.Restream.Publish;
using VisionStream.Tests.Restream.Sources;

namespace VisionStream.Tests.Restream.Relaying;

public sealed class RelayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relay-").FullName;

    [Fact]
    public async Task Packets_arrive_as_they_were()
    {
        var (source, target) = (Path.Combine(_folder, "a.mkv"), Path.Combine(_folder, "b.mkv"));
        var publish = new PublishOptions { Source = TestPattern.Source(1), Target = TargetUrl.Parse(source) };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(publish));

        var told = new ConcurrentQueue<RelayProgress>();
        var options = new RelayOptions { Source = new MediaSource(source), Target = TargetUrl.Parse(target) };
        var result = await new Relay().RunAsync(options, new Told<RelayProgress>(told.Enqueue), TestContext.Current.CancellationToken);
        Assert.Equal(RelayResult.Completed, result);
        Assert.Contains(told, p => p.Notice.Contains("Relaying", StringComparison.Ordinal));
        foreach (var stream in new[] { 0, 1 })
        {
            var (before, after) = (Packets(source, stream), Packets(target, stream));
            Assert.NotEmpty(before);
            Assert.Equal(before.Select(p => p.Data), after.Select(p => p.Data));
            Assert.All(before.Zip(after), p => Assert.Equal(p.First.Ms - before[0].Ms, p.Second.Ms - after[0].Ms, 2.0));
        }
    }

    [Fact]
    public async Task Sound_that_the_target_does_not_take_stays_behind()
    {
        var (source, target) = (Path.Combine(_folder, "a.mkv"), Path.Combine(_folder, "b.flv"));
        var publish = new PublishOptions { Source = TestPattern.Source(1), Target = TargetUrl.Parse(source), Sound = new SoundEncoding { Codec = "opus" } };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(publish));
        var options = new RelayOptions { Source = new MediaSource(source), Target = TargetUrl.Parse(target) };
        Assert.Equal(RelayResult.Completed, await new Relay().RunAsync(options, null, TestContext.Current.CancellationToken));
        using var demuxer = Demuxer.Open(target, null, TestContext.Current.CancellationToken);
        Assert.Equal("h264", Assert.Single(demuxer.Streams).CodecName);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said_once_and_not_tried_again()
    {
        var told = new ConcurrentQueue<RelayProgress>();
        var options = new RelayOptions
        {
            Source = new MediaSource(Path.Combine(_folder, "none.mkv")),
            Target = TargetUrl.Parse(Path.Combine(_folder, "b.mkv")),
        };
        var result = await new Relay().RunAsync(options, new Told<RelayProgress>(told.Enqueue), TestContext.Current.CancellationToken);
        Assert.Equal(RelayResult.SourceFailed, result);
        Assert.Contains("none.mkv", Assert.Single(told).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_goes_back_is_said_and_the_stream_goes_on()
    {
        var told = new ConcurrentQueue<RelayProgress>();
        var target = Path.Combine(_folder, "on.mkv");
        var options = new RelayOptions { Source = new MediaSource(ClockThatGoesBack.Write(_folder)), Target = TargetUrl.Parse(target) };
        Assert.Equal(
            RelayResult.Completed,
            await new Relay().RunAsync(options, new Told<RelayProgress>(told.Enqueue), TestContext.Current.CancellationToken));
        Assert.Single(told, p => p.Notice.Contains("went back by 2", StringComparison.Ordinal));
        var times = Packets(target, 0).ConvertAll(p => p.Ms);
        Assert.Equal(2 * ClockThatGoesBack.Pictures, times.Count);
        Assert.All(times.Zip(times.Skip(1)).Where((_, i) => i != ClockThatGoesBack.Pictures - 1), t => Assert.Equal(40, t.Second - t.First, 2.0));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<(byte[] Data, double Ms)> Packets(string file, int stream)
    {
        using var demuxer = Demuxer.Open(file);
        using var packet = new Packet();
        var packets = new List<(byte[], double)>();
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            if (packet.StreamIndex == stream)
            {
                packets.Add((packet.Data.ToArray(), packet.Pts * demuxer.Streams[stream].TimeBase.Value * 1000));
            }
        }

        return packets;
    }
}
