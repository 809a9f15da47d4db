using System.Globalization;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Restream;

/// <summary><c>visionstream publish</c> as a user types it, with clips as cameras and editors write them: B-frames, sound with priming, odd rates.</summary>
public sealed class PublishedClipsTests
{
    // Of the longest clip, which has 50 s without sound, the beginning says as much.
    private const double Longest = 16;

    private const double InStep = 0.040;

    private static readonly string[] Clips =
        ["cat-chair", "dog-walking", "highway-cars", "horse-trotting", "mall-people-walking", "person-enter-leave", "sheep-grazing"];

    [Fact]
    public async Task Every_clip_reaches_an_RTMP_server_whole_and_with_its_sound_in_step()
    {
        await using var server = await NginxRtmpServer.StartAsync(record: true);
        await Task.WhenAll(Clips.Select(async clip =>
        {
            await PublishAsync(clip, server.Url(clip));
            await server.RecordedAsync(clip);
            await AssertWholeAsync(clip, server.Recording(clip));
        }));
    }

    [Fact]
    public async Task A_clip_with_sound_is_written_to_every_kind_of_file_whole_and_in_step()
    {
        const string clip = "mall-people-walking";
        var folder = Directory.CreateTempSubdirectory("visionstream-published-");
        await Task.WhenAll(new[] { ".flv", ".mp4", ".ts", ".mkv" }.Select(async extension =>
        {
            var file = Path.Combine(folder.FullName, clip + extension);
            await PublishAsync(clip, file);
            await AssertWholeAsync(clip, file);
        }));
        folder.Delete(recursive: true);
    }

    private static async Task PublishAsync(string clip, string target)
    {
        await using var publish = ServiceProcess.Start(
            ["publish", SharedFiles.Clip(clip + ".mp4"), target, "--duration", Longest.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(await publish.WaitForExitAsync() == 0, publish.Tail());
        Assert.DoesNotContain(publish.Errors.Lines(), line => line.Contains("failed", StringComparison.Ordinal));
    }

    private static async Task AssertWholeAsync(string clip, string file)
    {
        var source = await Ffprobe.AllPacketsAsync(SharedFiles.Clip(clip + ".mp4"));
        var sent = await Ffprobe.AllPacketsAsync(file);
        foreach (var track in sent.GroupBy(p => p.Kind))
        {
            Assert.All(track.Zip(track.Skip(1)), p => Assert.True(p.Second.Dts > p.First.Dts, $"{clip}: {track.Key} goes back at {p.Second.Dts}."));
        }

        var shift = AssertPictures(clip, source, sent);
        var (soundOf, soundSent) = (Of("audio", source), Of("audio", sent));
        Assert.Equal(soundOf.Count > 0, soundSent.Count > 0);
        if (soundOf.Count > 0)
        {
            // No hole, and no end cut off: a packet of 1024 samples at 24 kHz is 43 ms, one of Opus 20 ms.
            Assert.All(soundSent.Zip(soundSent.Skip(1)), p => Assert.True(p.Second.Pts - p.First.Pts < 0.050, $"{clip}: no sound after {p.First.Pts}."));
            Assert.True(soundSent[^1].Pts - shift >= soundOf[^1].Pts - 0.050, $"{clip}: the sound ends at {soundSent[^1].Pts - shift}.");
            var sound = await Waveform.OfAsync(SharedFiles.Clip(clip + ".mp4"));
            if (sound.IsSilent)
            {
                return;
            }

            var (lag, likeness) = sound.LagOf(await Waveform.OfAsync(file), 0.4);
            Assert.True(likeness > 0.8, $"{clip}: the sound is not that of the source (likeness {likeness:0.00}).");
            Assert.True(Math.Abs(lag - shift) <= InStep, $"{clip}: the sound moved by {lag:0.000} s, the pictures by {shift:0.000} s.");
        }
    }

    /// <summary>Every picture of the source is there, each at its own time; gives by how much they were moved.</summary>
    private static double AssertPictures(string clip, IReadOnlyList<ProbedPacket> source, IReadOnlyList<ProbedPacket> sent)
    {
        // The duration counts from the first packet's decoding time.
        var (pictures, seen) = (Of("video", source), Of("video", sent));
        var end = source.Min(p => p.Dts) + Longest;
        var expected = pictures.Count(p => p.Pts < end);
        if (end > pictures[^1].Pts)
        {
            Assert.Equal(pictures.Count, seen.Count);
        }
        else
        {
            // Cut off in decoding order, in which the last ones are not those that are shown last.
            Assert.InRange(seen.Count, expected - 3, expected + 3);
            seen = seen[..^3];
        }

        var shift = seen[0].Pts - pictures[0].Pts;
        Assert.All(seen.Zip(pictures), p => Assert.True(Math.Abs(p.First.Pts - p.Second.Pts - shift) < 0.003, $"{clip}: the picture of {p.Second.Pts} is at {p.First.Pts - shift}."));
        return shift;
    }

    private static List<ProbedPacket> Of(string kind, IReadOnlyList<ProbedPacket> packets) =>
        [.. packets.Where(p => p.Kind == kind).OrderBy(p => p.Pts)];
}
