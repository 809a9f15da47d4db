using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Frames;
using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Stored;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest.Stored;

public sealed class ClipReaderTests
{
    [Theory]
    [MemberData(nameof(Clips.All), MemberType = typeof(Clips))]
    public async Task Every_frame_of_a_clip_is_read_in_order(string clip, int frames, int width, int height)
    {
        var (count, last) = (0, double.NegativeInfinity);
        var problem = await Read(Clips.Find(clip), frame =>
        {
            Assert.Equal((++count, width, height), (frame.Id, frame.Format.Width, frame.Format.Height));
            Assert.True(frame.Info.Pts.Milliseconds > last);
            last = frame.Info.Pts.Milliseconds;
        });
        Assert.Null(problem);
        Assert.Equal(frames, count);
    }

    [Theory]
    [InlineData("bus.jpg", 810, 1080)]
    [InlineData("zidane.jpg", 1280, 720)]
    [InlineData("person.jpg", 640, 424)]
    public async Task A_jpeg_is_one_frame_of_full_range(string image, int width, int height)
    {
        var path = Path.Combine(Clips.RepositoryRoot, "..", "shared", "media", "images", image);
        Prerequisite.Require(File.Exists(path), $"the test image {image} (../shared/media)");
        var seen = new List<FrameFormat>();
        Assert.Null(await Read(path, frame => seen.Add(frame.Format)));
        var format = Assert.Single(seen);
        Assert.Equal((width, height, ColorMatrix.Bt601, ColorRange.Full), (format.Width, format.Height, format.Matrix, format.Range));
    }

    [Fact]
    public async Task A_png_with_a_percent_sign_in_its_name_is_that_picture()
    {
        using var tool = new FfmpegTool();
        var path = await tool.Make("plain.png", "-f", "lavfi", "-i", "color=red:size=33x17,format=rgb24", "-frames:v", "1");
        File.Move(path, tool.PathOf("50%d.png"));
        var seen = new List<(FrameFormat Format, int Luma)>();
        Assert.Null(await Read(tool.PathOf("50%d.png"), frame => seen.Add((frame.Format, frame.Plane(0)[frame.Stride(0) + 1]))));
        var (format, luma) = Assert.Single(seen);
        Assert.Equal(new FrameFormat(33, 17, PixelLayout.I444, ColorMatrix.Bt601, ColorRange.Limited), format);

        // Pure red in BT.601, limited range (ITU-R BT.601-7, 2.5).
        Assert.InRange(luma, 80, 82);
    }

    [Fact]
    public async Task What_is_no_media_gets_a_sentence()
    {
        using var tool = new FfmpegTool();
        await File.WriteAllTextAsync(tool.PathOf("letter"), string.Concat(Enumerable.Repeat("a letter\n", 2000)), TestContext.Current.CancellationToken);
        var tone = await tool.Make("tone.wav", "-f", "lavfi", "-i", "sine=duration=1");
        Assert.Equal("There is no file '/nowhere/a.jpg'.", await Read("/nowhere/a.jpg", Nothing));
        Assert.Contains("is no image or video that FFmpeg can read.", await Read(tool.PathOf("letter"), Nothing), StringComparison.Ordinal);
        Assert.Contains("holds no picture that can be decoded.", await Read(tone, Nothing), StringComparison.Ordinal);

        static void Nothing(VideoFrame frame) => Assert.Fail("a frame came");
    }

    [Fact]
    public async Task A_mistake_of_the_reader_ends_the_reading_and_comes_out()
    {
        var count = 0;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Read(Clips.Find("highway-cars.mp4"), _ =>
        {
            count++;
            throw new NotSupportedException("a mistake");
        }));
        Assert.IsType<NotSupportedException>(error.InnerException);
        Assert.Equal(1, count);
    }

    private static Task<string?> Read(string path, Action<VideoFrame> onFrame) => ClipReader.ReadAsync(
        SourceUrl.Parse(path), onFrame, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
}
