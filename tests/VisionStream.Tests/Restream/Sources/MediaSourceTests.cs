using VisionStream.LibAv;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Tests.Restream.Annotate;
using VisionStream.Tests.Restream.Publish;

namespace VisionStream.Tests.Restream.Sources;

public sealed class MediaSourceTests
{
    [Theory]
    [InlineData(1280, 720, 30.0, "1280x720", "30")]
    [InlineData(null, 720, 25.0, "1280x720", "25")]
    [InlineData(640, null, null, "640x360", null)]
    [InlineData(null, null, 29.97, null, "29.97")]
    [InlineData(null, null, null, null, null)]
    public void A_camera_is_asked_for_the_size_and_rate_that_will_be_sent(int? width, int? height, double? rate, string? size, string? framerate)
    {
        var source = MediaSource.OfCamera("/dev/video0", new VideoEncoding { Width = width, Height = height, FrameRate = rate });
        Assert.Equal(("/dev/video0", "v4l2", size, framerate), (source.Url, source.InputFormat, source.Wishes["video_size"], source.Wishes["framerate"]));
        Assert.Empty(source.Options.Values);
    }

    [Fact]
    public async Task A_source_that_refuses_what_it_is_wished_is_opened_as_it_stands()
    {
        var file = Path.Combine(Path.GetTempPath(), $"wishes-{Guid.NewGuid():N}.mkv");
        try
        {
            // No option of libav's takes a word for a number.
            var source = TestPattern.Source(0.2, size: "64x64") with { Wishes = MediaOptions.None.With("probesize", "large") };
            var options = new PublishOptions { Source = source, Target = TargetUrl.Parse(file), Sound = null };
            Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
            Assert.Equal(5, RecordedPicture.ReadAll(file).Count);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
