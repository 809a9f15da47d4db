using VisionStream.Restream.Encoding;

namespace VisionStream.Tests.Restream.Encoding;

public sealed class VideoEncodingTests
{
    [Theory]
    [InlineData(null, null, 854, 480, 854, 480)]
    [InlineData(null, null, 853, 481, 852, 480)]
    [InlineData(640, null, 1280, 720, 640, 360)]
    [InlineData(null, 360, 1280, 720, 640, 360)]
    [InlineData(1280, 720, 640, 480, 1280, 720)]
    [InlineData(null, null, 8, 8, 32, 32)]
    public void The_output_has_an_even_size_of_the_shape_asked_for(int? width, int? height, int w, int h, int outW, int outH) =>
        Assert.Equal((outW, outH), new VideoEncoding { Width = width, Height = height }.SizeFor(w, h));

    [Fact]
    public void The_bit_rate_follows_the_size_unless_it_is_given()
    {
        Assert.Equal(2_304_000, new VideoEncoding().BitRateFor(1280, 720));
        Assert.Equal(800_000, new VideoEncoding().BitRateFor(568, 320));
        Assert.Equal(500_000, new VideoEncoding { BitRate = 500_000 }.BitRateFor(1280, 720));
    }

    [Fact]
    public void The_defaults_are_valid_and_everything_wrong_is_said_at_once()
    {
        Assert.Empty(new VideoEncoding().Validate());
        var wrong = new VideoEncoding
        {
            Encoder = "mpeg1",
            Preset = "placebo",
            BitRate = 1,
            Width = 1,
            FrameRate = 500,
            KeyFrameInterval = TimeSpan.Zero,
            Threads = -1,
        };
        Assert.Equal(7, wrong.Validate().Count());
    }
}
