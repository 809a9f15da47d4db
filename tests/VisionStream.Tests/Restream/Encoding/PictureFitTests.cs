using VisionStream.Core.Detections;
using VisionStream.Restream.Encoding;

namespace VisionStream.Tests.Restream.Encoding;

public sealed class PictureFitTests
{
    [Fact]
    public void The_same_size_fits_as_it_is() =>
        Assert.Equal(new PictureFit(0, 0, 854, 480, 1, 1), PictureFit.Into(854, 480, 854, 480));

    [Fact]
    public void Another_shape_is_centred_on_black()
    {
        var fit = PictureFit.Into(640, 480, 1280, 720);
        Assert.Equal((160, 0, 960, 720), (fit.Left, fit.Top, fit.Width, fit.Height));
        Assert.Equal(new BoundingBox(160 + 150, 75, 300, 450), fit.Map(new BoundingBox(100, 50, 200, 300)));
    }

    [Fact]
    public void Any_size_fits_into_any_other_with_even_edges()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var (width, height) = (random.Next(16, 1000) * 2, random.Next(16, 1000) * 2);
            var fit = PictureFit.Into(random.Next(1, 2000), random.Next(1, 2000), width, height);
            Assert.Equal(0, (fit.Left | fit.Top | fit.Width | fit.Height) & 1);
            Assert.InRange(fit.Left + fit.Width, 2, width);
            Assert.InRange(fit.Top + fit.Height, 2, height);
            Assert.True(fit.Left >= 0 && fit.Top >= 0 && fit.Width >= 2 && fit.Height >= 2);
        }
    }
}
