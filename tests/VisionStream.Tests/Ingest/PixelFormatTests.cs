using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest;

public sealed class PixelFormatTests
{
    [Theory]
    [InlineData("yuv420p", PixelLayout.I420)]
    [InlineData("yuvj420p", PixelLayout.I420, ColorRange.Full)]
    [InlineData("yuvj440p", PixelLayout.I444, ColorRange.Full)]
    [InlineData("nv12", PixelLayout.Nv12)]
    [InlineData("yuv422p", PixelLayout.I422)]
    [InlineData("yuv444p", PixelLayout.I444)]
    [InlineData("gbrp", PixelLayout.I444)]
    [InlineData("rgb24", PixelLayout.I444)]
    [InlineData("yuv410p", PixelLayout.I420)]
    [InlineData("gray", PixelLayout.I420)]
    [InlineData("yuv420p10le", PixelLayout.I420)]
    [InlineData("yuv444p12le", PixelLayout.I444)]
    [InlineData("yuyv422", PixelLayout.I420)]
    public async Task Odd_formats_keep_their_colours(string format, PixelLayout layout, ColorRange range = ColorRange.Limited)
    {
        // Green of medium brightness, so that swapped chroma planes or a wrong range would show; a width that no row alignment fits.
        await using var probe = new IngestProbe($"lavfi:color=c=0x408020:size=52x36:rate=5:duration=1,format={format}");
        (int Y, int U, int V)? middle = null;
        using var watcher = probe.Stream.Ring.Watch(frame => middle = Middle(frame));
        await probe.RunToEnd();
        Assert.Equal(5, probe.Frames.Count);
        var seen = probe.Frames[0].Format;
        Assert.Equal((52, 36, layout, ColorMatrix.Bt601, range), (seen.Width, seen.Height, seen.Layout, seen.Matrix, seen.Range));

        // ITU-R BT.601-7 of R 64, G 128, B 32: limited Y 100, U 94, V 106; full Y 98, U 91, V 104; and gray has no chroma.
        (int Y, int U, int V) expected = format == "gray" ? (100, 128, 128) : range == ColorRange.Full ? (98, 91, 104) : (100, 94, 106);
        Assert.InRange(middle!.Value.Y, expected.Y - 2, expected.Y + 2);
        Assert.InRange(middle.Value.U, expected.U - 3, expected.U + 3);
        Assert.InRange(middle.Value.V, expected.V - 3, expected.V + 3);
    }

    [Fact]
    public async Task Odd_sizes_are_copied_to_the_last_column_and_row()
    {
        await using var probe = new IngestProbe("lavfi:testsrc2=size=101x67:rate=5:duration=1,format=yuv444p", hashes: true);
        await using var same = new IngestProbe("lavfi:testsrc2=size=101x67:rate=5:duration=1,format=yuv444p", hashes: true);
        await probe.RunToEnd();
        await same.RunToEnd();
        Assert.All(probe.Frames, f => Assert.Equal((101, 67), (f.Format.Width, f.Format.Height)));
        Assert.Equal(probe.Frames.Select(f => f.Hash), same.Frames.Select(f => f.Hash));
        Assert.Equal(5, probe.Frames.Select(f => f.Hash).Distinct().Count());
    }

    [Theory]
    [InlineData("h264", 38)]
    [InlineData("mpegts", 30)]
    public async Task Another_resolution_in_mid_stream_is_told_and_goes_on(string container, int least)
    {
        // Where transport streams are joined their counters jump, so that the last picture before the joint counts as damaged.
        using var tool = new FfmpegTool();
        var clip = Clips.Find("highway-cars.mp4");
        var large = await tool.Make("large", "-i", clip, "-an", "-c:v", "libx264", "-preset", "veryfast", "-f", container);
        var small = await tool.Make("small", "-i", clip, "-an", "-vf", "scale=640:338", "-c:v", "libx264", "-preset", "veryfast", "-f", container);
        var both = tool.PathOf("both." + container);
        await File.WriteAllBytesAsync(
            both, [.. await File.ReadAllBytesAsync(large, TestContext.Current.CancellationToken), .. await File.ReadAllBytesAsync(small, TestContext.Current.CancellationToken)], TestContext.Current.CancellationToken);
        await using var probe = new IngestProbe(both);
        await probe.RunToEnd();
        var sizes = probe.Frames.Select(f => (f.Format.Width, f.Format.Height)).ToArray();
        Assert.Equal(Enumerable.Repeat((640, 338), 38), sizes[^38..]);
        Assert.All(sizes[..^38], s => Assert.Equal((1280, 720), s));
        Assert.InRange(sizes.Length - 38, least, 38);

        // The damage, where there is one, is told as online, with another reason.
        var states = probe.Statuses.Where((s, i) => i == 0 || s.State != probe.Statuses[i - 1].State).ToArray();
        Assert.Equal(
            [StreamState.Offline, StreamState.Online, StreamState.ResolutionChanged, StreamState.Online, StreamState.Offline],
            states.Select(s => s.State));
        Assert.Contains("were 1280x720 I420 and are now 640x338 I420", states[2].Reason, StringComparison.Ordinal);
        Assert.Equal((640, 338), (states[3].Width, states[3].Height));
        Assert.Single(probe.Statuses.Select(s => s.Session).OfType<string>().Distinct());
    }

    private static (int Y, int U, int V) Middle(VideoFrame frame)
    {
        var format = frame.Format;
        var luma = Sample(frame, 0, format.Width / 2);
        return format.Layout == PixelLayout.Nv12
            ? (luma, Sample(frame, 1, format.PlaneWidth(1) / 4 * 2), Sample(frame, 1, (format.PlaneWidth(1) / 4 * 2) + 1))
            : (luma, Sample(frame, 1, format.PlaneWidth(1) / 2), Sample(frame, 2, format.PlaneWidth(2) / 2));
    }

    private static int Sample(VideoFrame frame, int plane, int x) =>
        frame.Plane(plane)[(frame.Format.PlaneHeight(plane) / 2 * frame.Stride(plane)) + x];
}
