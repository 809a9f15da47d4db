using VisionStream.Core.Frames;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Sources;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest;

public sealed class FileIngestTests
{
    [Theory]
    [MemberData(nameof(Clips.All), MemberType = typeof(Clips))]
    public async Task Every_frame_of_a_clip_arrives_in_order(string clip, int frames, int width, int height)
    {
        await using var probe = new IngestProbe(Clips.Find(clip));
        await probe.RunToEnd();
        var seen = probe.Frames;
        Assert.Equal(frames, seen.Count);
        Assert.Equal(frames, probe.Ledger.Decoded);
        Assert.Equal(0, probe.Ledger.DroppedInAll());
        Assert.Equal(Enumerable.Range(1, frames).Select(i => (long)i), seen.Select(f => f.Id));
        Assert.All(seen, f => Assert.Equal((width, height, PixelLayout.I420), (f.Format.Width, f.Format.Height, f.Format.Layout)));
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.True(pair.First.Info.Pts.Value < pair.Second.Info.Pts.Value, "presentation times rise"));
        Assert.Single(seen.Select(f => f.Info.Session).Distinct());
        Assert.All(seen, f => Assert.True(f.Info.ArrivedAt <= f.Info.DecodedAt && f.Info.ArrivedAt > 0));
        Assert.All(seen, f => Assert.Equal(ClockSource.Arrival, f.Info.Clock));
        Assert.True(seen[0].Info.IsKey);
    }

    [Fact]
    public async Task States_of_a_file_are_opening_online_and_ended()
    {
        await using var probe = new IngestProbe(Clips.Find("highway-cars.mp4"));
        await probe.RunToEnd();
        Assert.Equal([StreamState.Offline, StreamState.Online, StreamState.Offline], probe.Statuses.Select(s => s.State));
        var (online, ended) = (probe.Statuses[1], probe.Statuses[2]);
        Assert.Equal((1280, 720), (online.Width, online.Height));
        Assert.Equal(probe.Frames[0].Info.Session.Id, online.Session);
        Assert.EndsWith("highway-cars.mp4 has ended.", ended.Reason, StringComparison.Ordinal);
        Assert.Equal(ColorMatrix.Bt709, probe.Frames[0].Format.Matrix);
        Assert.Equal(ColorRange.Limited, probe.Frames[0].Format.Range);
    }

    [Fact]
    public async Task Arrival_is_that_of_the_frames_own_packet()
    {
        // Two B-frames in a row: a P frame's packet comes before theirs and the frame after.
        await using var probe = new IngestProbe(Clips.Find("cat-chair.mp4"));
        await probe.RunToEnd();
        var arrivals = probe.Frames.Select(f => f.Info.ArrivedAt).ToArray();
        Assert.Equal(arrivals.Length, arrivals.Distinct().Count());
        Assert.NotEqual(arrivals.Order(), arrivals);
    }

    [Fact]
    public async Task A_looping_file_goes_on_in_the_same_session_with_rising_times()
    {
        await using var probe = new IngestProbe(Clips.Find("highway-cars.mp4"), IngestProbe.AsFast with { Loop = true });
        probe.Ingest.Start();
        await probe.UntilFrames(38 * 3);
        await probe.Ingest.StopAsync();
        var times = probe.Frames.Take(38 * 3).Select(f => f.Info.Pts.Value).ToArray();
        Assert.Equal(Enumerable.Range(0, 38 * 3).Select(i => times[0] + (i * (times[1] - times[0]))), times);
        Assert.Single(probe.Frames.Select(f => f.Info.Session).Distinct());
        Assert.Equal([StreamState.Offline, StreamState.Online, StreamState.Offline], probe.Statuses.Select(s => s.State));
        Assert.Equal("Stopped.", probe.Statuses[^1].Reason);
    }

    [Fact]
    public async Task A_file_plays_at_its_own_speed()
    {
        // The clock stands still unless it is told to go on, so each packet has to be waited for.
        var time = new ManualTime();
        await using var probe = new IngestProbe(Clips.Find("highway-cars.mp4"), new IngestOptions(), time);
        probe.Ingest.Start();
        var token = TestContext.Current.CancellationToken;
        for (var i = 0; i < 37; i++)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(40), await time.UntilTimerIsSet(token));
            time.Advance(TimeSpan.FromMilliseconds(40));
        }

        await probe.Ingest.Completion.WaitAsync(token);
        Assert.Equal(38, probe.Frames.Count);
        var arrivals = probe.Frames.Select(f => f.Info.ArrivedAt).ToArray();
        Assert.All(arrivals.Zip(arrivals.Skip(1)), p => Assert.Equal(40_000, p.Second - p.First));
    }

    [Fact]
    public async Task A_full_ring_drops_frames_and_the_books_add_up()
    {
        await using var probe = new IngestProbe(Clips.Find("highway-cars.mp4"));
        var leases = new List<FrameLease>();
        using var reader = probe.Stream.Ring.Watch(frame =>
        {
            if (leases.Count < 30 && probe.Stream.Ring.TryLeaseNewest(0, out var lease))
            {
                leases.Add(lease);
            }
        });
        await probe.RunToEnd();
        leases.ForEach(l => l.Dispose());
        Assert.Equal(30, probe.Frames.Count);
        Assert.Equal(38, probe.Ledger.Decoded);
        Assert.Equal(8, probe.Ledger.Dropped(DropReason.RingFull));
    }

    [Fact]
    public async Task Missing_and_useless_files_are_errors_with_a_sentence()
    {
        var text = Path.GetTempFileName();
        await File.WriteAllTextAsync(text, string.Concat(Enumerable.Repeat("no media at all\n", 1000)), TestContext.Current.CancellationToken);
        try
        {
            foreach (var (source, part) in new[] { ("/nowhere/clip.mp4", "There is no file '/nowhere/clip.mp4'."), (text, "is no image or video that FFmpeg can read."), ("lavfi:nosuchfilter", "is no filter graph") })
            {
                await using var probe = new IngestProbe(source);
                await probe.RunToEnd();
                Assert.Equal(StreamState.Error, probe.Statuses[^1].State);
                Assert.Contains(part, probe.Statuses[^1].Reason, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(text);
        }
    }
}
