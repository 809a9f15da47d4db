using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest;

/// <summary>Broken copies of clips: whatever is published has to be a picture of the sound clip, to the last sample.</summary>
public sealed class DamageTests
{
    private const int TransportPacket = 188;

    [Theory]
    [InlineData("cat-chair.mp4", 1)]
    [InlineData("person-enter-leave.mp4", 2)]
    [InlineData("dog-walking.mp4", 3)]
    public async Task Lost_transport_packets_cost_the_frames_up_to_the_next_key_frame(string clip, int seed)
    {
        using var tool = new FfmpegTool();
        var sound = await tool.Make("sound.ts", "-t", "5", "-i", Clips.Find(clip), "-an", "-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-f", "mpegts");
        var bytes = await File.ReadAllBytesAsync(sound, TestContext.Current.CancellationToken);
        var random = new Random(seed);
        var lost = Enumerable.Range(0, 3).Select(_ => random.Next(bytes.Length / TransportPacket / 8, bytes.Length / TransportPacket)).ToHashSet();
        var broken = Enumerable.Range(0, bytes.Length / TransportPacket).Where(i => !lost.Contains(i)).SelectMany(i => bytes.AsSpan(i * TransportPacket, TransportPacket).ToArray()).ToArray();
        await Compare(sound, tool.PathOf("broken.ts"), broken);
    }

    [Theory]
    [InlineData("cat-chair.mp4", 1)]
    [InlineData("person-enter-leave.mp4", 2)]
    [InlineData("dog-walking.mp4", 4)]
    public async Task Flipped_bytes_cost_the_frames_up_to_the_next_key_frame(string clip, int seed)
    {
        // Without B-frames: of a stream that has them, those shown before a broken reference are out before the decoder tells.
        using var tool = new FfmpegTool();
        var sound = await tool.Make("sound.ts", "-t", "5", "-i", Clips.Find(clip), "-an", "-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-g", "10", "-f", "mpegts");
        var bytes = await File.ReadAllBytesAsync(sound, TestContext.Current.CancellationToken);
        var random = new Random(seed);
        for (var flips = 0; flips < 3;)
        {
            // Behind the header of a packet that starts neither a table nor a picture's header.
            var packet = random.Next(bytes.Length / TransportPacket / 8, bytes.Length / TransportPacket) * TransportPacket;
            if ((bytes[packet + 1] & 0x40) == 0 && (bytes[packet + 3] & 0x20) == 0)
            {
                random.NextBytes(bytes.AsSpan(packet + 20, 100));
                flips++;
            }
        }

        await Compare(sound, tool.PathOf("broken.ts"), bytes);
    }

    [Theory]
    [InlineData("cat-chair.mp4", 1)]
    [InlineData("person-enter-leave.mp4", 2)]
    public async Task Lost_slices_cost_the_frames_up_to_the_next_key_frame(string clip, int seed)
    {
        using var tool = new FfmpegTool();
        var sound = await tool.Make(
            "sound.h264", "-t", "5", "-i", Clips.Find(clip), "-an", "-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-g", "10", "-slices", "4", "-f", "h264");
        await Compare(sound, tool.PathOf("broken.h264"), WithoutThreeReferences(await File.ReadAllBytesAsync(sound, TestContext.Current.CancellationToken), seed));
    }

    [Theory]
    [InlineData("cat-chair.mp4", 1)]
    [InlineData("person-enter-leave.mp4", 2)]
    [InlineData("dog-walking.mp4", 3)]
    public async Task Lost_pictures_that_nothing_reports_cost_the_frames_up_to_the_next_key_frame(string clip, int seed)
    {
        using var tool = new FfmpegTool();
        var sound = await tool.Make("sound.h264", "-t", "5", "-i", Clips.Find(clip), "-an", "-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-f", "h264");
        await Compare(sound, tool.PathOf("broken.h264"), WithoutThreeReferences(await File.ReadAllBytesAsync(sound, TestContext.Current.CancellationToken), seed));
    }

    private static byte[] WithoutThreeReferences(byte[] stream, int seed)
    {
        var units = AnnexB.Split(stream);
        var random = new Random(seed);
        var references = units.Index().Where(u => AnnexB.IsReferenceSlice(u.Item) && u.Index > units.Count / 8).Select(u => u.Index).ToArray();
        var lost = Enumerable.Range(0, 3).Select(_ => references[random.Next(references.Length)]).ToHashSet();
        return [.. units.Index().Where(u => !lost.Contains(u.Index)).SelectMany(u => u.Item)];
    }

    private static async Task Compare(string sound, string path, byte[] broken)
    {
        await using var reference = new IngestProbe(sound, hashes: true);
        await reference.RunToEnd();
        var truth = reference.Frames.Select(f => f.Hash).ToHashSet();
        await File.WriteAllBytesAsync(path, broken, TestContext.Current.CancellationToken);
        await using var probe = new IngestProbe(path, hashes: true);
        await probe.RunToEnd();
        var (ledger, seen) = (probe.Ledger, probe.Frames);
        Assert.Equal(ledger.Decoded, seen.Count + ledger.Dropped(DropReason.Corrupt));
        var wrong = seen.Where(f => !truth.Contains(f.Hash)).Select(f => $"{f.Id}@{f.Info.Pts.Milliseconds:F0}").ToArray();
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {seen.Count} published frames are broken: {string.Join(' ', wrong)}; {ledger.Dropped(DropReason.Corrupt)} of {ledger.Decoded} were dropped");
        Assert.True(seen.Count < truth.Count, "something was damaged");
        Assert.Contains(probe.Statuses, s => s is { State: StreamState.Online } && s.Reason.Contains("damaged", StringComparison.Ordinal));
        Assert.True(seen.Count > truth.Count / 4, $"{seen.Count} of {truth.Count} frames came through");
    }
}
