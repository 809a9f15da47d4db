using VisionStream.Detector.Heads;

namespace VisionStream.Tests.Detector.Heads;

public sealed class HeadSelectionTests
{
    [Theory]
    [InlineData(640, 640, 84, 8400, HeadLayout.V8, 80)]
    [InlineData(320, 320, 84, 2100, HeadLayout.V8, 80)]
    [InlineData(640, 640, 5, 8400, HeadLayout.V8, 1)]
    [InlineData(640, 384, 84, 5040, HeadLayout.V8, 80)]
    [InlineData(640, 640, 84, 34000, HeadLayout.V8, 80)] // p2
    [InlineData(1280, 1280, 84, 34000, HeadLayout.V8, 80)] // p6
    [InlineData(640, 640, 25200, 85, HeadLayout.V5, 80)]
    [InlineData(640, 640, 25200, 6, HeadLayout.V5, 1)]
    [InlineData(416, 416, 3549, 85, HeadLayout.Yolox, 80)]
    [InlineData(640, 640, 8400, 6, HeadLayout.Yolox, 1)]
    [InlineData(640, 640, 300, 6, HeadLayout.EndToEnd, null)]
    [InlineData(320, 320, 100, 6, HeadLayout.EndToEnd, null)]
    public void The_shape_tells_the_layout(int width, int height, long rows, long columns, HeadLayout layout, int? classes)
    {
        var head = HeadSelection.TrySelect([1, rows, columns], width, height);
        Assert.Equal(layout, head?.Layout);
        Assert.Equal(classes, head!.Classes);
        Assert.Equal(layout != HeadLayout.EndToEnd, head.NeedsSuppression);
    }

    [Theory]
    [InlineData(1L, 85L, 22L, 22L)] // FastestDet
    [InlineData(2L, 84L, 8400L)] // a batch of two
    [InlineData(1L, 84L, 8401L)]
    [InlineData(1L, 4L, 8400L)] // no class
    [InlineData(1L, 300L, 7L)]
    [InlineData(1L, 5000L, 6L)]
    [InlineData(1L, -1L, 6L)]
    [InlineData(84L, 8400L)]
    [InlineData(1L, 1000L)]
    public void Other_shapes_are_none(params long[] shape) => Assert.Null(HeadSelection.TrySelect(shape, 640, 640));
}
