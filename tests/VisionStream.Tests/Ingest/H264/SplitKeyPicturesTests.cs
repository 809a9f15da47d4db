using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest.H264;

public sealed class SplitKeyPicturesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Parameter_sets_before_every_slice_of_a_key_picture_do_not_tear_it(int slices)
    {
        using var tool = new FfmpegTool();
        var whole = await tool.Make(
            "whole.h264", "-t", "2", "-i", Clips.Find("cat-chair.mp4"), "-an", "-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-bf", "0", "-slices", $"{slices}", "-f", "h264");
        var units = AnnexB.Split(await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken));
        byte[] sets = [.. units.First(u => AnnexB.TypeOf(u) == 7), .. units.First(u => AnnexB.TypeOf(u) == 8)];
        var torn = tool.PathOf("torn.h264");
        await File.WriteAllBytesAsync(
            torn, [.. units.Where(u => AnnexB.TypeOf(u) is 1 or 5).SelectMany(u => AnnexB.TypeOf(u) == 5 ? [.. sets, .. u] : u)], TestContext.Current.CancellationToken);

        await using var reference = new IngestProbe(whole, hashes: true);
        await reference.RunToEnd();
        await using var probe = new IngestProbe(torn, hashes: true);
        await probe.RunToEnd();
        Assert.Equal(50, reference.Frames.Count);
        Assert.Equal(reference.Frames.Select(f => f.Hash), probe.Frames.Select(f => f.Hash));
        Assert.Equal(0, probe.Ledger.DroppedInAll());
    }
}
