using VisionStream.Core.Audio;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest.Sound;

public sealed class SoundTapTests
{
    private static string Clip => Clips.Find("mall-people-walking.mp4");

    [Fact]
    public async Task Sound_is_described_before_the_first_frame_and_lies_on_the_time_line_of_the_frames()
    {
        await using var probe = new IngestProbe(Clip);
        AudioFormat? atFirstFrame = null;
        using var watcher = probe.Stream.Ring.Watch(frame => atFirstFrame ??= frame.Id == 1 ? probe.Stream.Audio.Format : null);
        using var wish = probe.Stream.Audio.Want();
        await probe.RunToEnd();

        Assert.NotNull(atFirstFrame);
        Assert.Equal(("aac", 48_000, 2), (atFirstFrame.Codec, atFirstFrame.SampleRate, atFirstFrame.Channels));
        Assert.Equal(probe.Frames[0].Info.Session, atFirstFrame.Session);
        Assert.False(probe.Stream.Audio.IsExpected);

        // The ring keeps the last five seconds; the clip has 12.14 s of sound and 12.12 s of pictures.
        var packets = ReadAll(probe.Stream.Audio);
        Assert.Equal(AudioRing.DefaultCapacity, packets.Count);
        Assert.All(packets.Zip(packets.Skip(1)), p => Assert.InRange(p.Second.PtsMicroseconds - p.First.PtsMicroseconds, 21_332, 21_334));
        Assert.InRange(packets[^1].PtsMicroseconds + packets[^1].DurationMicroseconds, 12_110_000, 12_170_000);
    }

    [Fact]
    public async Task Nothing_is_copied_while_nobody_wants_it()
    {
        await using var probe = new IngestProbe(Clip);
        await probe.RunToEnd();
        Assert.Equal(0, probe.Stream.Audio.NewestId);
        Assert.NotNull(probe.Stream.Audio.Format);
    }

    [Fact]
    public async Task A_source_without_sound_has_none()
    {
        await using var probe = new IngestProbe(Clips.Find("cat-chair.mp4"));
        using var wish = probe.Stream.Audio.Want();
        await probe.RunToEnd();
        Assert.Equal((0L, false), (probe.Stream.Audio.NewestId, probe.Stream.Audio.IsExpected));
        Assert.Null(probe.Stream.Audio.Format);
    }

    [Fact]
    public async Task A_file_that_begins_again_keeps_sound_and_frames_together()
    {
        await using var probe = new IngestProbe(Clips.Find("highway-cars.mp4"), IngestProbe.AsFast with { Loop = true });
        using var wish = probe.Stream.Audio.Want();
        probe.Ingest.Start();
        await probe.UntilFrames(38 * 4);
        await probe.Ingest.StopAsync();

        // 38 pictures of 40 ms are a pass; the sound of each begins with it (and as early as the coder's priming).
        var passes = ReadAll(probe.Stream.Audio).Select(p => p.PtsMicroseconds).ToList();
        Assert.True(passes[^1] > 3 * 1_520_000, $"The newest sound is at {passes[^1]} us.");
        Assert.All(passes.Zip(passes.Skip(1)), p => Assert.InRange(p.Second - p.First, -25_000, 45_000));
    }

    [Fact]
    public async Task A_header_that_is_repeated_is_no_new_format()
    {
        var file = Path.Combine(Path.GetTempPath(), $"headers-{Guid.NewGuid():N}.flv");
        try
        {
            Assert.InRange(await RepeatedHeaders.WriteAsync(file), 3, 100);
            await using var probe = new IngestProbe(file);
            var formats = new HashSet<AudioFormat>(ReferenceEqualityComparer.Instance);
            using var watcher = probe.Stream.Ring.Watch(frame => formats.Add(probe.Stream.Audio.Format!));
            await probe.RunToEnd();
            Assert.Equal("aac", Assert.Single(formats).Codec);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Steady_state_allocates_nothing_with_sound_either()
    {
        // Three times the clip. The sound's slots get their memory in the first two rounds of 256 packets, which 300 frames bring.
        const int warm = 400;
        const int window = 25;
        var allocated = new long[900];
        var count = 0;
        var isFull = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var probe = new IngestProbe(Clip, IngestProbe.AsFast with { Loop = true }, records: false);
        using var wish = probe.Stream.Audio.Want();
        using var watcher = probe.Stream.Ring.Watch(_ =>
        {
            if (count == allocated.Length)
            {
                isFull.TrySetResult();
                return;
            }

            allocated[count++] = GC.GetAllocatedBytesForCurrentThread();
        });
        probe.Ingest.Start();
        await isFull.Task.WaitAsync(TestContext.Current.CancellationToken);
        await probe.Ingest.StopAsync();

        // What the ingest allocates by itself shows in each window; what the runtime does once, or a rewind, does not.
        Assert.True(probe.Stream.Audio.NewestId > 900, $"{probe.Stream.Audio.NewestId} packets of sound came.");
        Assert.Equal(0, Enumerable.Range(warm / window, (allocated.Length - warm) / window).Min(i => allocated[((i + 1) * window) - 1] - allocated[i * window]));
    }

    private static List<AudioPacket> ReadAll(AudioRing ring)
    {
        var buffer = new byte[AudioRing.MaxPacketSize];
        var packets = new List<AudioPacket>();
        for (long last = 0; ring.TryReadNext(last, buffer, out var packet); last = packet.Id)
        {
            packets.Add(packet);
        }

        return packets;
    }
}
