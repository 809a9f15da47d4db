using VisionStream.Core.Frames;
using VisionStream.Ingest.Clips;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest.Clips;

public sealed class ClipReaderTests
{
    [Theory]
    [MemberData(nameof(LibAv.Clips.All), MemberType = typeof(LibAv.Clips))]
    public void Every_frame_of_a_clip_is_read_in_order(string clip, int frames, int width, int height)
    {
        using var reader = Open(LibAv.Clips.Find(clip));
        var (count, last) = (0, double.NegativeInfinity);
        while (reader.TryRead(out var lease))
        {
            using (lease)
            {
                count++;
                Assert.Equal((width, height), (lease.Frame.Format.Width, lease.Frame.Format.Height));
                Assert.True(lease.Frame.Info.Pts.Milliseconds > last);
                last = lease.Frame.Info.Pts.Milliseconds;
            }
        }

        Assert.Equal((frames, 0L, "h264"), (count, reader.Damaged, reader.Codec));
    }

    [Theory]
    [InlineData("bus.jpg", 810, 1080)]
    [InlineData("zidane.jpg", 1280, 720)]
    [InlineData("person.jpg", 640, 424)]
    public void A_jpeg_is_one_frame_of_full_range(string image, int width, int height)
    {
        using var reader = Open(Image(image));
        Assert.True(reader.TryRead(out var lease));
        using (lease)
        {
            var format = lease.Frame.Format;
            Assert.Equal((width, height, ColorMatrix.Bt601, ColorRange.Full), (format.Width, format.Height, format.Matrix, format.Range));
        }

        Assert.False(reader.TryRead(out _));
        Assert.Equal("mjpeg", reader.Codec);
    }

    [Fact]
    public async Task A_png_becomes_full_chroma()
    {
        using var tool = new FfmpegTool();
        var path = await tool.Make("50%d.png", "-f", "lavfi", "-i", "color=red:size=33x17,format=rgb24", "-frames:v", "1", "-update", "1");
        using var reader = Open(path);
        Assert.True(reader.TryRead(out var lease));
        using (lease)
        {
            Assert.Equal(new FrameFormat(33, 17, PixelLayout.I444, ColorMatrix.Bt601, ColorRange.Limited), lease.Frame.Format);

            // Pure red in BT.601, limited range: Y 81, U 90, V 240 (ITU-R BT.601-7, 2.5).
            int[] red = [81, 90, 240];
            for (var plane = 0; plane < 3; plane++)
            {
                for (var y = 0; y < 17; y++)
                {
                    foreach (var sample in lease.Frame.Plane(plane).Slice(y * lease.Frame.Stride(plane), 33))
                    {
                        Assert.InRange(sample, red[plane] - 1, red[plane] + 1);
                    }
                }
            }
        }

        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void Frames_held_are_not_overwritten_and_too_many_are_refused()
    {
        using var reader = Open(LibAv.Clips.Find("highway-cars.mp4"));
        var leases = new List<FrameLease>();
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            while (reader.TryRead(out var lease))
            {
                leases.Add(lease);
            }
        });
        Assert.Contains("dispose the leases", error.Message, StringComparison.Ordinal);
        Assert.Equal(leases.Count, leases.Select(l => Fingerprint.Of(l.Frame)).Distinct().Count());
        leases.ForEach(l => l.Dispose());
    }

    [Fact]
    public void What_is_no_media_gets_a_sentence()
    {
        var text = Path.GetTempFileName();
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("a letter\n", 2000)));
        try
        {
            foreach (var (path, part) in new[] { ("/nowhere/a.jpg", "There is no file '/nowhere/a.jpg'."), (text, "is no image or video that FFmpeg can read."), ("", "is empty"), ("concat:a|b", "unknown scheme") })
            {
                Assert.False(ClipReader.TryOpen(path, out var reader, out var error));
                Assert.Null(reader);
                Assert.Contains(part, error, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(text);
        }
    }

    [Fact]
    public async Task Sound_without_pictures_gets_a_sentence()
    {
        using var tool = new FfmpegTool();
        var path = await tool.Make("tone.wav", "-f", "lavfi", "-i", "sine=duration=1");
        Assert.False(ClipReader.TryOpen(path, out _, out var error));
        Assert.Contains("is no image or video", error, StringComparison.Ordinal);
    }

    private static ClipReader Open(string path)
    {
        Assert.True(ClipReader.TryOpen(path, out var reader, out var error, cancellationToken: TestContext.Current.CancellationToken), error);
        return reader;
    }

    private static string Image(string name)
    {
        var path = Path.Combine(LibAv.Clips.RepositoryRoot, "..", "shared", "media", "images", name);
        Prerequisite.Require(File.Exists(path), $"the test image {name} (../shared/media)");
        return path;
    }
}
